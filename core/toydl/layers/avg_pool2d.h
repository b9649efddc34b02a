#pragma once

#include <toydl/layers/pool2d.h>

namespace toydl {

/// Takes the mean of every window of an image, channel by channel.
///
///     y[c, i, j] = mean over the window of x[c, s i + k, s j + l]        s is the stride
///     dx: every number of a window gets dy / numbers in a window
///
/// x [batch, channels, height, width]. What is left over at the edge is in no window. Y. LeCun et al., "Gradient-Based Learning
/// Applied to Document Recognition", 1998.
class AvgPool2D : public Pool2D {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit AvgPool2D(Options options);
  explicit AvgPool2D(Index size, Index stride = 0) : AvgPool2D(Options{.size = size, .stride = stride}) {}

  std::string_view type() const override { return "AvgPool2D"; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
