#pragma once

#include <toydl/layer.h>

namespace toydl {

/// Takes the mean of every channel of an image.
///
///     y[c] = mean over i, j of x[c, i, j]        x [batch, channels, height, width], y [batch, channels]
///     dx[c, i, j] = dy[c] / (height · width)
///
/// M. Lin, Q. Chen, S. Yan, "Network In Network", 2014.
class GlobalAvgPool2D : public Layer {
 public:
  std::string_view type() const override { return "GlobalAvgPool2D"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
