#pragma once

#include <toydl/layers/recurrent.h>

namespace toydl {

/// A recurrent layer: a state goes from one time step to the next, through one matrix and tanh.
///
///     h[t]  = tanh(a[t]),  a[t] = x[t] W_ihᵀ + b + h[t - 1] W_hhᵀ
///     da[t] = dh[t] (1 - h[t]²),  dh[t] = dy[t] + da[t + 1] W_hh        from the last time step to the first
///
/// What y is, and the gradients of weights and x from da, are in Recurrent. J. Elman, "Finding Structure in Time", 1990.
class SimpleRNN : public Recurrent {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit SimpleRNN(Options options);
  SimpleRNN(Index in_features, Index hidden_features, Options options = {});

  std::string_view type() const override { return "SimpleRNN"; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  static Descriptor<Layer> descriptor();

 private:
  Tensor states_;   // h [batch, time, hidden]
  Tensor d_sums_;   // da [batch, time, hidden]
  Tensor d_state_;  // dh of one time step [batch, hidden]
};

}  // namespace toydl
