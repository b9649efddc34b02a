#pragma once

#include <toydl/layer.h>

namespace toydl {

struct LayerNormOptions {
  double epsilon = 1e-5;
};

/// Gives the features of every sample, or of every time step of a sequence, mean 0 and variance 1, then a scale and a shift
/// that are learnt.
///
///     μ, σ² = mean and variance over the last dimension
///     x̂     = (x - μ) / √(σ² + ε)
///     y     = γ x̂ + β
///     dβ    = Σ dy,  dγ = Σ dy x̂
///     dx    = (γ dy - mean of γ dy - x̂ · mean of γ dy x̂) / √(σ² + ε)
///
/// x […, features]; `weight` is γ and `bias` is β, both [features]. J. Ba, J. Kiros, G. Hinton, "Layer Normalization", 2016.
class LayerNorm : public Layer {
 public:
  using Options = LayerNormOptions;

  /// @throws Error(option) for one that is out of its range
  explicit LayerNorm(Options options = {});

  std::string_view type() const override { return "LayerNorm"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return {weight_, bias_}; }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  std::shared_ptr<Parameter> bias_ = std::make_shared<Parameter>("bias");
  Tensor mean_;      // μ of each row
  Tensor inverse_;   // 1 / √(σ² + ε) of each row
  Tensor mean_d_;    // of γ dy of each row, and
  Tensor mean_d_x_;  // of γ dy x̂
};

}  // namespace toydl
