#pragma once

#include <toydl/layer.h>

#include <limits>

namespace toydl {

/// The least that Softmax gives, the smallest normal number: CrossEntropy divides by a probability, and the product of both
/// gradients is right only if none is 0.
constexpr Scalar smallest_probability = std::numeric_limits<Scalar>::min();

/// Turns the last dimension into probabilities: all positive, with sum 1.
///
///     yᵢ  = exp(xᵢ - max x) / Σⱼ exp(xⱼ - max x)        at least smallest_probability
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

/// p = softmax of every row of x along its last dimension; of the same shape.
void softmax(const Tensor& x, Tensor& p);

}  // namespace toydl
