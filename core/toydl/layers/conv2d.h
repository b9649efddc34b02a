#pragma once

#include <toydl/layers/convolution.h>

namespace toydl {

/// Slides filters over an image: every number of y is the product of a filter with the window below it.
///
///     y[o, i, j] = b[o] + Σ over c, k, l of W[o, c, k, l] x[c, s i + k, s j + l]        s is the stride
///
/// x [batch, in, height, width], W [out, in, kernel, kernel], y [batch, out, windows down, windows across]. How it is
/// computed, as a product of matrices, and the gradients are in Convolution.
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

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
