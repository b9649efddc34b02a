#include <toydl/descriptor.h>
#include <toydl/initializers/normal.h>

namespace toydl {

Normal::Normal(Options options) : options_(options) { check_options(*this); }

void Normal::fill(Tensor& tensor, Fans, Rng& rng) const {
  const auto mean = static_cast<Scalar>(options_.mean);
  const auto std = static_cast<Scalar>(options_.std);
  for (Scalar& value : tensor.values()) value = mean + std * rng.normal();
}

Descriptor<Initializer> Normal::descriptor() {
  return describe_as<Initializer, Normal>(
      "Normal", "Numbers from a normal distribution.",
      {
          option("mean", &Options::mean, "Mean.", {.min = -1e6, .max = 1e6}),
          option("std", &Options::std, "Standard deviation.", {.min = 0, .max = 1e6}),
      });
}

}  // namespace toydl
