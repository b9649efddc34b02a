#include <toydl/descriptor.h>
#include <toydl/layers/sequential.h>

namespace toydl {

Shape Sequential::build(const Shape& in, Rng& rng) { return chain_.build(in, rng); }

void Sequential::forward(const Tensor& x, Tensor& y, const Pass& pass) { chain_.forward(x, y, pass); }

void Sequential::backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) {
  chain_.backward(x, y, dy, dx);
}

Descriptor<Layer> Sequential::descriptor() {
  return describe_container<Sequential>(
      "Sequential", "Layers, one after the other, as one layer.",
      {{.options = R"({"layers": [{"type": "Linear", "in_features": 4, "out_features": 3}, {"type": "Tanh"}]})",
        .input = {4}}});
}

}  // namespace toydl
