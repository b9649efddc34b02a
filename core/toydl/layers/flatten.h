#pragma once

#include <toydl/layer.h>

namespace toydl {

/// Makes one dimension of all: an image [channels, height, width] becomes [features], in the order of memory.
///
///     y = x, dx = dy, with another shape
class Flatten : public Layer {
 public:
  std::string_view type() const override { return "Flatten"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
