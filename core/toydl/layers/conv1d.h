#pragma once

#include <toydl/layers/convolution.h>

namespace toydl {

/// Slides filters along a sequence: every number of y is the product of a filter with the time steps below it.
///
///     y[t, o] = b[o] + Σ over c, k of W[o, c, k] x[s t + k, c]        s is the stride
///
/// x [batch, time, in], W [out, in, kernel], y [batch, windows, out]. How it is computed, as a product of matrices, and the
/// gradients are in Convolution.
///
/// `weight` is laid out as in PyTorch; sequences have their features last. A. Waibel et al., "Phoneme Recognition Using
/// Time-Delay Neural Networks", 1989.
class Conv1D : public Convolution {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit Conv1D(Options options);
  Conv1D(Index in_channels, Index out_channels, Index kernel_size, Options options = {});

  std::string_view type() const override { return "Conv1D"; }
  Shape build(const Shape& in, Rng& rng) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
