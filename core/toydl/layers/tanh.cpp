#include <toydl/descriptor.h>
#include <toydl/elementwise.h>
#include <toydl/layers/tanh.h>

namespace toydl {

void Tanh::forward(const Tensor& x, Tensor& y, const Pass&) {
  // y = tanh x
  tanh(x.data(), y.data(), x.size());
}

void Tanh::backward(const Tensor&, const Tensor& y, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  // dx = dy (1 - y²)
  dx->array() = dy.array() * (1 - y.array().square());
}

Descriptor<Layer> Tanh::descriptor() {
  return describe_as<Layer, Tanh>("Tanh", "Squeezes every number into -1 to 1: y = tanh x.", {},
                                  {{.input = {6}}, {.input = {2, 3, 4}}});
}

}  // namespace toydl
