#pragma once

#include <toydl/layer.h>
#include <toydl/windows.h>

#include <vector>

namespace toydl {

struct MaxPool2DOptions {
  Index size = 2;
  Index stride = 0;
};

/// Keeps the largest number of every window of an image, channel by channel.
///
///     y[c, i, j] = max over the window of x[c, s i + k, s j + l]        s is the stride
///     dx: dy goes to the number that was largest; the first of equals
///
/// x [batch, channels, height, width]. What is left over at the edge is in no window. M. Ranzato et al., "Unsupervised
/// Learning of Invariant Feature Hierarchies with Applications to Object Recognition", 2007.
class MaxPool2D : public Layer {
 public:
  using Options = MaxPool2DOptions;

  /// @throws Error(option) for one that is out of its range
  explicit MaxPool2D(Options options);
  explicit MaxPool2D(Index size, Index stride = 0) : MaxPool2D(Options{.size = size, .stride = stride}) {}

  std::string_view type() const override { return "MaxPool2D"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  Windows rows_{}, cols_{};
  std::vector<Index> largest_;  // where the number of each output stands in x
};

}  // namespace toydl
