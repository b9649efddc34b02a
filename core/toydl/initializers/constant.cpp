#include <toydl/descriptor.h>
#include <toydl/initializers/constant.h>

namespace toydl {

Constant::Constant(Options options) : options_(options) { check_options(*this); }

void Constant::fill(Tensor& tensor, Fans, Rng&) const { tensor.fill(static_cast<Scalar>(options_.value)); }

Descriptor<Initializer> Constant::descriptor() {
  return describe_as<Initializer, Constant>(
      "Constant", "The same number everywhere.",
      {
          option("value", &Options::value, "The number.", {.min = -1e6, .max = 1e6}),
      });
}

}  // namespace toydl
