#pragma once

#include <toydl/layer.h>
#include <toydl/windows.h>

namespace toydl {

struct AvgPool2DOptions {
  Index size = 2;
  Index stride = 0;
};

/// Takes the mean of every window of an image, channel by channel.
///
///     y[c, i, j] = mean over the window of x[c, s i + k, s j + l]        s is the stride
///     dx: every number of a window gets dy / numbers in a window
///
/// x [batch, channels, height, width]. What is left over at the edge is in no window. Y. LeCun et al., "Gradient-Based Learning
/// Applied to Document Recognition", 1998.
class AvgPool2D : public Layer {
 public:
  using Options = AvgPool2DOptions;

  /// @throws Error(option) for one that is out of its range
  explicit AvgPool2D(Options options);
  explicit AvgPool2D(Index size, Index stride = 0) : AvgPool2D(Options{.size = size, .stride = stride}) {}

  std::string_view type() const override { return "AvgPool2D"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  Windows rows_{}, cols_{};

  /// Calls `work(position in x, position in y)` for every number of every window.
  template <class Work>
  void for_each_pair(Index size, const Work& work) const {
    Index output = 0;
    for (Index image = 0; image < size / (rows_.length * cols_.length); ++image) {
      const Index start = image * rows_.length * cols_.length;
      for (Index i = 0; i < rows_.count; ++i) {
        for (Index j = 0; j < cols_.count; ++j, ++output) {
          for (Index k = 0; k < rows_.size; ++k) {
            for (Index l = 0; l < cols_.size; ++l) {
              work(start + (rows_.start(i) + k) * cols_.length + cols_.start(j) + l, output);
            }
          }
        }
      }
    }
  }
};

}  // namespace toydl
