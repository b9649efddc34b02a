#pragma once

#include <toydl/layers/recurrent.h>

namespace toydl {

/// A gated recurrent unit: a recurrent layer that mixes its old state with a new one.
///
///     r, z = σ of the parts r, z of  x[t] W_ihᵀ + b + u        u = h[t - 1] W_hhᵀ + b_hh
///     n    = tanh(x[t] W_ihᵀ + b + r u), with the parts n
///     h[t] = (1 - z) n + z h[t - 1]
///
/// Backward, from the last time step to the first, with da the gradient of the three parts before σ and tanh, and du that
/// of u, which differs in the part n only:
///
///     dh[t] = dy[t] + dh[t + 1] z[t + 1] + du[t + 1] W_hh
///     da    = (da_n u_n r (1 - r),  dh (h[t - 1] - n) z (1 - z),  da_n),  da_n = dh (1 - z) (1 - n²)
///     du    = (da_r, da_z, da_n r),  db_hh = Σ du
///
/// What y is, and the other gradients, are in Recurrent; this is PyTorch's form of the layer. K. Cho et al., "Learning Phrase
/// Representations using RNN Encoder-Decoder for Statistical Machine Translation", 2014.
class GRU : public Recurrent {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit GRU(Options options);
  GRU(Index in_features, Index hidden_features, Options options = {});

  std::string_view type() const override { return "GRU"; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Shape build(const Shape& in, Rng& rng) override;
  Parameters parameters() const override { return {weight_ih_, weight_hh_, bias_, bias_hh_}; }

  static Descriptor<Layer> descriptor();

 private:
  std::shared_ptr<Parameter> bias_hh_ = std::make_shared<Parameter>("bias_hh");
  Tensor gates_;        // r, z, n [batch, time, 3 hidden]
  Tensor recurrent_;    // u [batch, time, 3 hidden]
  Tensor states_;       // h [batch, time, hidden]
  Tensor d_gates_;      // da [batch, time, 3 hidden]
  Tensor d_recurrent_;  // du [batch, time, 3 hidden]
  Tensor d_state_;      // dh of one time step [batch, hidden]
  Tensor d_kept_;       // dh[t + 1] z[t + 1] [batch, hidden]
};

}  // namespace toydl
