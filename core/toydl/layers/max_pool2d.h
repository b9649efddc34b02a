#pragma once

#include <toydl/layers/pool2d.h>

#include <cstdint>
#include <vector>

namespace toydl {

/// Keeps the largest number of every window of an image, channel by channel.
///
///     y[c, i, j] = max over the window of x[c, s i + k, s j + l]        s is the stride
///     dx: dy goes to the number that was largest; the first of equals
///
/// x [batch, channels, height, width]. What is left over at the edge is in no window. M. Ranzato et al., "Unsupervised
/// Learning of Invariant Feature Hierarchies with Applications to Object Recognition", 2007.
class MaxPool2D : public Pool2D {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit MaxPool2D(Options options);
  explicit MaxPool2D(Index size, Index stride = 0) : MaxPool2D(Options{.size = size, .stride = stride}) {}

  std::string_view type() const override { return "MaxPool2D"; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();

 private:
  std::vector<int32_t> largest_;  // how far the number of each output is from the first of its window
};

}  // namespace toydl
