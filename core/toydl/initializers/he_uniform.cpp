#include <toydl/descriptor.h>
#include <toydl/initializers/he_uniform.h>

#include <cmath>

namespace toydl {

void HeUniform::fill(Tensor& tensor, Fans fans, Rng& rng) const {
  // a = √(6 / fan_in)
  const double a = std::sqrt(6 / static_cast<double>(fans.in));
  for (Scalar& value : tensor.values()) value = rng.uniform(-a, a);
}

Descriptor<Initializer> HeUniform::descriptor() {
  return describe_as<Initializer, HeUniform>("HeUniform",
                                             "Uniform with variance 2 / fan_in, for layers before a ReLU.");
}

}  // namespace toydl
