#pragma once

#include <toydl/initializers/xavier_uniform.h>
#include <toydl/layer.h>
#include <toydl/layers/scaled_dot_product.h>

namespace toydl {

struct AttentionOptions {
  Index size = 1;
  bool causal = false;
  Ref<const Initializer> weight_initializer = XavierUniform();
};

/// Attention with one head: every time step of a sequence looks at the others, and takes of each as much as it matters.
///
///     q, k, v = the three parts of x Wᵀ        x [batch, time, features], W [3 size, features]
///     y       = softmax(q kᵀ / √size) v        y [batch, time, size]; the softmax over each row
///     dW = Σ (dq, dk, dv)ᵀ x,  dx = (dq, dk, dv) W
///
/// dq, dk and dv are in ScaledDotProduct. `causal`: no time step sees a later one. A. Vaswani et al., "Attention Is All You
/// Need", 2017.
class Attention : public Layer {
 public:
  using Options = AttentionOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Attention(Options options);
  explicit Attention(Index size, Options options = {});

  std::string_view type() const override { return "Attention"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return {weight_}; }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  /// q, k and v of a sample.
  ScaledDotProduct head(Index sample) const;

  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  Index time_ = 0;
  Tensor projected_;    // q, k, v side by side [batch, time, 3 size]
  Tensor weights_;      // P [batch, time, time]
  Tensor d_projected_;  // dq, dk, dv
  Tensor d_scores_;     // dS of one sample [time, time]
};

}  // namespace toydl
