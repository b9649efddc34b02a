#pragma once

#include <toydl/layers/container.h>

namespace toydl {

/// Layers beside a shortcut, which signals and gradients can take past them.
///
///     y  = x + f(x)                  f are the layers, one after the other; f(x) has the shape of x
///     dx = dy + the dx of f
///
/// K. He et al., "Deep Residual Learning for Image Recognition", 2016.
class Residual : public Container {
 public:
  /// @throws Error(option) if there are no layers
  explicit Residual(Options options) : Container("Residual", std::move(options)) {}
  explicit Residual(std::vector<Ref<Layer>> layers) : Residual(Options{std::move(layers)}) {}

  std::string_view type() const override { return "Residual"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();

 private:
  Tensor branch_;  // f(x)
};

}  // namespace toydl
