#include <toydl/descriptor.h>
#include <toydl/initializers/xavier_uniform.h>

#include <cmath>

namespace toydl {

void XavierUniform::fill(Tensor& tensor, Fans fans, Rng& rng) const {
  // a = √(6 / (fan_in + fan_out))
  const double a = std::sqrt(6 / static_cast<double>(fans.in + fans.out));
  for (Scalar& value : tensor.values()) value = rng.uniform(-a, a);
}

Descriptor<Initializer> XavierUniform::descriptor() {
  return describe_as<Initializer, XavierUniform>(
      "XavierUniform", "Uniform with variance 2 / (fan_in + fan_out), for layers before tanh.");
}

}  // namespace toydl
