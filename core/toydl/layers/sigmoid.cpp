#include <toydl/descriptor.h>
#include <toydl/elementwise.h>
#include <toydl/layers/sigmoid.h>

namespace toydl {

void Sigmoid::forward(const Tensor& x, Tensor& y, const Pass&) {
  // y = 1 / (1 + e^-x)
  sigmoid(x.data(), y.data(), x.size());
}

void Sigmoid::backward(const Tensor&, const Tensor& y, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  // dx = dy y (1 - y)
  dx->array() = dy.array() * y.array() * (1 - y.array());
}

Descriptor<Layer> Sigmoid::descriptor() {
  return describe_as<Layer, Sigmoid>("Sigmoid", "Squeezes every number into 0 to 1: y = 1 / (1 + e^-x).", {},
                                     {{.input = {6}}, {.input = {2, 3, 4}}});
}

}  // namespace toydl
