#include <toydl/descriptor.h>
#include <toydl/layers/flatten.h>

namespace toydl {

Shape Flatten::build(const Shape& in, Rng&) { return {in.size()}; }

void Flatten::forward(const Tensor& x, Tensor& y, const Pass&) { y.array() = x.array(); }

void Flatten::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx != nullptr) dx->array() = dy.array();
}

Descriptor<Layer> Flatten::descriptor() {
  return describe_as<Layer, Flatten>("Flatten", "Makes one dimension of all.", {},
                                     {{.input = {2, 3, 4}}, {.input = {5}}});
}

}  // namespace toydl
