#pragma once

#include <toydl/layer.h>

namespace toydl {

/// Takes the mean of every feature of a sequence, over time.
///
///     y[f] = mean over t of x[t, f]        x [batch, time, features], y [batch, features]
///     dx[t, f] = dy[f] / time
class GlobalAvgPool1D : public Layer {
 public:
  std::string_view type() const override { return "GlobalAvgPool1D"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
