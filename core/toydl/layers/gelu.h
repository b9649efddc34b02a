#pragma once

#include <toydl/layer.h>

namespace toydl {

/// The Gaussian error linear unit, element by element: x times the share of a normal distribution that lies below x. A ReLU
/// without the corner.
///
///     y  = x Φ(x)                    Φ(x) = erfc(-x / √2) / 2
///     dx = dy (Φ(x) + x φ(x))        φ(x) = e^(-x² / 2) / √(2π)
///
/// D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units", 2016.
class GELU : public Layer {
 public:
  std::string_view type() const override { return "GELU"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
