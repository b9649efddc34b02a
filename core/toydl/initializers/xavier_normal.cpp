#include <toydl/descriptor.h>
#include <toydl/initializers/xavier_normal.h>

#include <cmath>

namespace toydl {

void XavierNormal::fill(Tensor& tensor, Fans fans, Rng& rng) const {
  // σ = √(2 / (fan_in + fan_out))
  const auto std = static_cast<Scalar>(std::sqrt(2 / static_cast<double>(fans.in + fans.out)));
  for (Scalar& value : tensor.values()) value = std * rng.normal();
}

Descriptor<Initializer> XavierNormal::descriptor() {
  return describe_as<Initializer, XavierNormal>("XavierNormal",
                                                "Normal with variance 2 / (fan_in + fan_out), for layers before tanh.");
}

}  // namespace toydl
