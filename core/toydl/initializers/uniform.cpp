#include <toydl/descriptor.h>
#include <toydl/initializers/uniform.h>

namespace toydl {

Uniform::Uniform(Options options) : options_(options) {
  check_options(*this);
  if (options_.low > options_.high) {
    throw Error(ErrorCode::option,
                concat("Uniform: low must be at most high, they are ", options_.low, " and ", options_.high));
  }
}

void Uniform::fill(Tensor& tensor, Fans, Rng& rng) const {
  for (Scalar& value : tensor.values()) value = rng.uniform(options_.low, options_.high);
}

Descriptor<Initializer> Uniform::descriptor() {
  return describe_as<Initializer, Uniform>(
      "Uniform", "Numbers from low to high, all equally likely.",
      {
          option("low", &Options::low, "The lowest number.", {.min = -1e6, .max = 1e6}),
          option("high", &Options::high, "The highest number.", {.min = -1e6, .max = 1e6}),
      });
}

}  // namespace toydl
