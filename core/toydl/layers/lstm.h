#pragma once

#include <toydl/layers/recurrent.h>

namespace toydl {

/// Long short-term memory: a recurrent layer whose cells keep what they hold until a gate tells them to forget.
///
///     i, f, o = σ of, and g = tanh of, the four parts i, f, g, o of  x[t] W_ihᵀ + b + h[t - 1] W_hhᵀ
///     c[t] = f c[t - 1] + i g
///     h[t] = o tanh(c[t])
///
/// Backward, from the last time step to the first, with da the gradient of the four parts before σ and tanh:
///
///     dh[t] = dy[t] + da[t + 1] W_hh
///     dc[t] = dh[t] o (1 - tanh²(c[t])) + dc[t + 1] f[t + 1]
///     da    = (dc g i (1 - i),  dc c[t - 1] f (1 - f),  dc i (1 - g²),  dh tanh(c[t]) o (1 - o))
///
/// What y is, and the gradients of weights and x from da, are in Recurrent. S. Hochreiter, J. Schmidhuber, "Long Short-Term Memory",
/// 1997; F. Gers, J. Schmidhuber, F. Cummins, "Learning to Forget", 2000.
class LSTM : public Recurrent {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit LSTM(Options options);
  LSTM(Index in_features, Index hidden_features, Options options = {});

  std::string_view type() const override { return "LSTM"; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();

 private:
  Tensor gates_;    // i, f, g, o [batch, time, 4 hidden]
  Tensor cells_;    // c [batch, time, hidden]
  Tensor tanhs_;    // tanh(c) [batch, time, hidden]
  Tensor states_;   // h [batch, time, hidden]
  Tensor d_gates_;  // da [batch, time, 4 hidden]
  Tensor d_state_;  // dh of one time step [batch, hidden]
  Tensor d_cell_;   // dc of one time step [batch, hidden]
};

}  // namespace toydl
