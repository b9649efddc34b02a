#pragma once

#include <toydl/chain.h>

namespace toydl {

struct ResidualOptions {
  std::vector<Ref<Layer>> layers;
};

/// Layers beside a shortcut, which signals and gradients can take past them.
///
///     y  = x + f(x)                  f are the layers, one after the other; f(x) has the shape of x
///     dx = dy + the dx of f
///
/// K. He et al., "Deep Residual Learning for Image Recognition", 2016.
class Residual : public Layer {
 public:
  using Options = ResidualOptions;

  /// @throws Error(option) if there are no layers
  explicit Residual(Options options);
  explicit Residual(std::vector<Ref<Layer>> layers) : Residual(Options{std::move(layers)}) {}

  std::string_view type() const override { return "Residual"; }
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
  Tensor branch_;  // f(x)
};

}  // namespace toydl
