#pragma once

#include <toydl/initializers/xavier_uniform.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layer.h>
#include <toydl/layers/scaled_dot_product.h>

namespace toydl {

struct MultiHeadAttentionOptions {
  Index heads = 1;
  bool causal = false;
  Ref<const Initializer> weight_initializer = XavierUniform();
  Ref<const Initializer> bias_initializer = Zeros();
};

/// Attention with several heads: each looks at its own part of queries, keys and values, and what they found is mixed again.
///
///     q, k, v = the three parts of x W_inᵀ + b_in        x [batch, time, features], W_in [3 features, features]
///     c       = for each head, softmax(q kᵀ / √d) v      d = features / heads; the heads side by side
///     y       = c W_outᵀ + b_out                         W_out [features, features], y [batch, time, features]
///
///     dc = dy W_out,  dW_out = Σ dyᵀ c,  db_out = Σ dy
///     dx = (dq, dk, dv) W_in,  dW_in = Σ (dq, dk, dv)ᵀ x,  db_in = Σ (dq, dk, dv)
///
/// dq, dk and dv from dc are in ScaledDotProduct. `causal`: no time step sees a later one. Weights are named and laid out as in
/// PyTorch. A. Vaswani et al., "Attention Is All You Need", 2017.
class MultiHeadAttention : public Layer {
 public:
  using Options = MultiHeadAttentionOptions;

  /// @throws Error(option) for one that is out of its range
  explicit MultiHeadAttention(Options options);
  explicit MultiHeadAttention(Index heads, Options options = {});

  std::string_view type() const override { return "MultiHeadAttention"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return {in_weight_, in_bias_, out_weight_, out_bias_}; }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  /// q, k and v of a sample and a head.
  ScaledDotProduct head(Index sample, Index head) const;
  /// The columns of a head, in the first, second or third part of a tensor [batch, time, parts · features].
  MatrixTarget part_of(Tensor& tensor, Index sample, Index which, Index head) const;
  MatrixTarget square_of(Tensor& tensor, Index sample, Index head) const;

  std::shared_ptr<Parameter> in_weight_ = std::make_shared<Parameter>("in_proj_weight");
  std::shared_ptr<Parameter> in_bias_ = std::make_shared<Parameter>("in_proj_bias");
  std::shared_ptr<Parameter> out_weight_ = std::make_shared<Parameter>("out_proj.weight");
  std::shared_ptr<Parameter> out_bias_ = std::make_shared<Parameter>("out_proj.bias");
  Index time_ = 0, features_ = 0;
  Tensor projected_;    // q, k, v side by side [batch, time, 3 features]
  Tensor weights_;      // P [batch, heads, time, time]
  Tensor context_;      // c [batch, time, features]
  Tensor d_context_;    // dc
  Tensor d_projected_;  // dq, dk, dv
  Tensor d_scores_;     // dS of one head [time, time]
};

}  // namespace toydl
