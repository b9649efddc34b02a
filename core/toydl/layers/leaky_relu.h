#pragma once

#include <toydl/layer.h>

namespace toydl {

struct LeakyReLUOptions {
  double slope = 0.01;
};

/// ReLU that lets a little of what is negative through, so that no unit can die; element by element.
///
///     y  = x where x > 0, else a x        a is the slope
///     dx = dy where x > 0, else a dy
///
/// A. Maas, A. Hannun, A. Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", 2013.
class LeakyReLU : public Layer {
 public:
  using Options = LeakyReLUOptions;

  /// @throws Error(option) for a negative slope.
  explicit LeakyReLU(Options options = {});

  std::string_view type() const override { return "LeakyReLU"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
