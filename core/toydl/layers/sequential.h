#pragma once

#include <toydl/layers/container.h>

namespace toydl {

/// Layers, one after the other, as one layer.
///
///     y = fₙ(… f₂(f₁(x)))
class Sequential : public Container {
 public:
  /// @throws Error(option) if there are no layers
  explicit Sequential(Options options) : Container("Sequential", std::move(options)) {}
  explicit Sequential(std::vector<Ref<Layer>> layers) : Sequential(Options{std::move(layers)}) {}

  std::string_view type() const override { return "Sequential"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();
};

}  // namespace toydl
