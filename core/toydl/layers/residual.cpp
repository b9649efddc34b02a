#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/residual.h>

namespace toydl {

Shape Residual::build(const Shape& in, Rng& rng) {
  const Shape out = chain_.build(in, rng);
  if (out != in) {
    throw Error(ErrorCode::shape,
                concat("adds the output of its layers to their input, so both must have one shape, but they make ", out,
                       " of ", in, "."));
  }
  return in;
}

void Residual::forward(const Tensor& x, Tensor& y, const Pass& pass) {
  chain_.forward(x, branch_, pass);
  // y = x + f(x)
  y.array() = x.array() + branch_.array();
}

void Residual::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  chain_.backward(x, branch_, dy, dx);
  // dx = dy + the dx of f
  if (dx != nullptr) dx->array() += dy.array();
}

Descriptor<Layer> Residual::descriptor() {
  return describe_container<Residual>(
      "Residual", "Layers beside a shortcut: y = x + f(x).",
      {{.options = R"({"layers": [{"type": "Linear", "in_features": 4, "out_features": 4}, {"type": "Tanh"}]})",
        .input = {4}},
       {.options = R"({"layers": [{"type": "LayerNorm"}, {"type": "MultiHeadAttention", "heads": 2}]})",
        .input = {3, 4}}});
}

}  // namespace toydl
