#include <toydl/descriptor.h>
#include <toydl/initializers/he_normal.h>

#include <cmath>

namespace toydl {

void HeNormal::fill(Tensor& tensor, Fans fans, Rng& rng) const {
  // σ = sqrt(2 / fan_in)
  const auto std = static_cast<Scalar>(std::sqrt(2 / static_cast<double>(fans.in)));
  for (Scalar& value : tensor.values()) value = std * rng.normal();
}

Descriptor<Initializer> HeNormal::descriptor() {
  return describe_as<Initializer, HeNormal>("HeNormal", "Normal with variance 2 / fan_in, for layers before a ReLU.");
}

}  // namespace toydl
