#include <toydl/descriptor.h>
#include <toydl/layers/leaky_relu.h>

namespace toydl {

LeakyReLU::LeakyReLU(Options options) : options_(options) { check_options(*this); }

void LeakyReLU::forward(const Tensor& x, Tensor& y, const Pass&) {
  const auto slope = static_cast<Scalar>(options_.slope);
  // y = x where x > 0, else a x
  y.array() = (x.array() > 0).select(x.array(), slope * x.array());
}

void LeakyReLU::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  const auto slope = static_cast<Scalar>(options_.slope);
  // dx = dy where x > 0, else a dy
  dx->array() = (x.array() > 0).select(dy.array(), slope * dy.array());
}

Descriptor<Layer> LeakyReLU::descriptor() {
  return describe_as<Layer, LeakyReLU>(
      "LeakyReLU", "ReLU that lets a little of what is negative through.",
      {option("slope", &Options::slope, "Factor of what is negative.", {.min = 0, .max = 1e6})},
      {{.input = {6}}, {.options = R"({"slope": 0.2})", .input = {2, 3, 4}}});
}

}  // namespace toydl
