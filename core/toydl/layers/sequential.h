#pragma once

#include <toydl/chain.h>

namespace toydl {

struct SequentialOptions {
  std::vector<Ref<Layer>> layers;
};

/// Layers, one after the other, as one layer.
///
///     y = fₙ(… f₂(f₁(x)))
class Sequential : public Layer {
 public:
  using Options = SequentialOptions;

  /// @throws Error(option) if there are no layers
  explicit Sequential(Options options);
  explicit Sequential(std::vector<Ref<Layer>> layers) : Sequential(Options{std::move(layers)}) {}

  std::string_view type() const override { return "Sequential"; }
  std::string describe() const override { return std::string(type()) + "(" + chain_.describe() + ")"; }
  std::optional<Shape> input_shape() const override { return options_.layers.front()->input_shape(); }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return chain_.parameters(); }
  Parameters buffers() const override { return chain_.buffers(); }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  Chain chain_;
};

}  // namespace toydl
