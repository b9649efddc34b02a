#pragma once

#include <toydl/layer.h>

namespace toydl {

/// The hyperbolic tangent, element by element: squeezes every number into -1 to 1.
///
///     y  = tanh x = 1 - 2 / (e^2x + 1)
///     dx = dy (1 - y²)
///
/// Y. LeCun et al., "Efficient BackProp", 1998.
class Tanh : public Layer {
 public:
  std::string_view type() const override { return "Tanh"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
