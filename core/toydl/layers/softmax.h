#pragma once

#include <toydl/layer.h>

namespace toydl {

/// Turns the last dimension into probabilities: all positive, with sum 1.
///
///     yᵢ  = exp(xᵢ - max x) / Σⱼ exp(xⱼ - max x)
///     dxᵢ = yᵢ (dyᵢ - Σⱼ dyⱼ yⱼ)
///
/// The maximum cancels; it keeps exp from overflowing. I. Goodfellow et al., Deep Learning, 2016, section 6.2.2.3.
class Softmax : public Layer {
 public:
  std::string_view type() const override { return "Softmax"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
