#pragma once

#include <toydl/layers/convolution.h>

namespace toydl {

/// Slides filters over an image: every number of y is the product of a filter with the window below it.
///
///     y[o, i, j] = b[o] + Σ over c, k, l of W[o, c, k, l] x[c, s i + k, s j + l]        s is the stride
///
/// x [batch, in, height, width], W [out, in, kernel, kernel], y [batch, out, windows down, windows across]. With the windows of
/// a sample under each other, P [in · kernel², windows], and dy [out, windows] of that sample, it is a product of matrices:
///
///     y  = W P + b
///     dW = Σ dy Pᵀ              summed over the batch
///     db = Σ dy                 summed over batch and windows
///     dP = Wᵀ dy                every number of dP is added to dx where it came from
///
/// `weight` is laid out as in PyTorch. Y. LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998;
/// K. Chellapilla, S. Puri, P. Simard, "High Performance Convolutional Neural Networks for Document Processing", 2006.
class Conv2D : public Convolution {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit Conv2D(Options options);
  Conv2D(Index in_channels, Index out_channels, Index kernel_size, Options options = {});

  std::string_view type() const override { return "Conv2D"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
