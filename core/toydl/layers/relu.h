#pragma once

#include <toydl/layer.h>

namespace toydl {

/// The rectified linear unit, element by element, on samples of any shape.
///
///     y  = max(0, x)
///     dx = dy where x > 0, else 0
///
/// V. Nair, G. Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", 2010.
class ReLU : public Layer {
 public:
  std::string_view type() const override { return "ReLU"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
