#pragma once

#include <toydl/initializers/normal.h>
#include <toydl/layer.h>

namespace toydl {

struct PositionalEmbeddingOptions {
  Ref<const Initializer> weight_initializer = Normal({.std = 0.02});
};

/// Adds to every time step of a sequence a vector of its own, which is learnt: attention alone does not know the order.
///
///     y  = x + W        x [batch, time, features], W [time, features]
///     dW = Σ dy         summed over the batch
///     dx = dy
///
/// A. Radford et al., "Improving Language Understanding by Generative Pre-Training", 2018.
class PositionalEmbedding : public Layer {
 public:
  using Options = PositionalEmbeddingOptions;

  /// @throws Error(option) for one that is out of its range
  explicit PositionalEmbedding(Options options = {});

  std::string_view type() const override { return "PositionalEmbedding"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return {weight_}; }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
};

}  // namespace toydl
