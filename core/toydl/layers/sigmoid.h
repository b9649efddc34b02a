#pragma once

#include <toydl/layer.h>

namespace toydl {

/// The logistic function, element by element: squeezes every number into 0 to 1.
///
///     y  = 1 / (1 + e^-x)
///     dx = dy y (1 - y)
///
/// D. Rumelhart, G. Hinton, R. Williams, "Learning representations by back-propagating errors", 1986.
class Sigmoid : public Layer {
 public:
  std::string_view type() const override { return "Sigmoid"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
