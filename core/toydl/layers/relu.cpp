#include <toydl/descriptor.h>
#include <toydl/layers/relu.h>

namespace toydl {

void ReLU::forward(const Tensor& x, Tensor& y, const Pass&) {
  // y = max(0, x), written so that NaN stays NaN
  y.array() = (x.array() < 0).select(Scalar(0), x.array());
}

void ReLU::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  // dx = dy where x > 0, else 0
  dx->array() = (x.array() > 0).select(dy.array(), Scalar(0));
}

Descriptor<Layer> ReLU::descriptor() {
  return describe_as<Layer, ReLU>("ReLU", "The rectified linear unit: y = max(0, x).", {},
                                  {{.input = {6}}, {.input = {2, 3, 4}}});
}

}  // namespace toydl
