#include <toydl/elementwise.h>
#include <toydl/layers/gru.h>
#include <toydl/rows.h>

#include <algorithm>

namespace toydl {

GRU::GRU(Options options) : Recurrent(3, std::move(options)) { check_options(*this); }

GRU::GRU(Index in_features, Index hidden_features, Options options) : Recurrent(3, std::move(options)) {
  options_.in_features = in_features;
  options_.hidden_features = hidden_features;
  check_options(*this);
}

Shape GRU::build(const Shape& in, Rng& rng) {
  const Shape out = Recurrent::build(in, rng);
  bias_hh_->build({3 * hidden()}, *options_.bias_initializer, Fans::of(weight_hh_->value.shape()), rng);
  return out;
}

void GRU::forward(const Tensor& x, Tensor& y, const Pass&) {
  project(x, gates_);
  const Index size = hidden();
  recurrent_.resize(gates_.shape());
  states_.resize({x.rows(), time_, size});
  for (Index row = 0; row < x.rows() * time_; ++row) {
    copy_few(bias_hh_->value.data(), 3 * size, recurrent_.data() + 3 * row * size);
  }
  const PackedMatrix& weight_hh = packed_transposed_weight_hh();
  for (Index t = 0; t < time_; ++t) {
    // u = h[t - 1] W_hhᵀ + b_hh
    if (t > 0) {
      multiply_add(at(std::as_const(states_), t - 1), weight_hh, at(recurrent_, t));
    }
    for (Index s = 0; s < x.rows(); ++s) {
      const Index row = (s * time_ + t) * size;
      Scalar* const r = gates_.data() + 3 * row;
      Scalar *const z = r + size, *const n = z + size;
      const Scalar* const u = recurrent_.data() + 3 * row;
      // r, z = σ(x[t] W_ihᵀ + b + u)
      for (Index k = 0; k < 2 * size; ++k) r[k] += u[k];
      sigmoid(r, 2 * size);
      // n = tanh(x[t] W_ihᵀ + b + r u)
      for (Index k = 0; k < size; ++k) n[k] += r[k] * u[2 * size + k];
      tanh(n, size);
      for (Index k = 0; k < size; ++k) {
        // h[t] = (1 - z) n + z h[t - 1]
        states_[row + k] = (1 - z[k]) * n[k] + (t > 0 ? z[k] * states_[row - size + k] : 0);
      }
    }
  }
  write_output(states_, y);
}

void GRU::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const Index size = hidden();
  d_gates_.resize(gates_.shape());
  d_recurrent_.resize(gates_.shape());
  d_state_.resize({x.rows(), size});
  d_kept_.resize(d_state_.shape());
  d_kept_.fill(0);
  const PackedMatrix& weight_hh = packed_weight_hh();
  for (Index t = time_; t-- > 0;) {
    // dh[t] = dy[t] + dh[t + 1] z[t + 1] + du[t + 1] W_hh
    if (t + 1 < time_)
      multiply(at(std::as_const(d_recurrent_), t + 1), weight_hh, d_state_);
    else
      d_state_.fill(0);
    d_state_.array() += d_kept_.array();
    add_output_gradient(dy, t, d_state_);
    for (Index s = 0; s < x.rows(); ++s) {
      const Index row = (s * time_ + t) * size;
      const Scalar* const r = gates_.data() + 3 * row;
      const Scalar *const z = r + size, *const n = z + size;
      const Scalar* const u_n = recurrent_.data() + 3 * row + 2 * size;
      Scalar* const da = d_gates_.data() + 3 * row;
      Scalar* const du = d_recurrent_.data() + 3 * row;
      const Scalar* const dh = d_state_.data() + s * size;
      for (Index k = 0; k < size; ++k) {
        const Scalar before = t > 0 ? states_[row - size + k] : 0;
        // da_n = dh (1 - z) (1 - n²)
        const Scalar da_n = dh[k] * (1 - z[k]) * (1 - n[k] * n[k]);
        du[k] = da[k] = da_n * u_n[k] * r[k] * (1 - r[k]);
        du[size + k] = da[size + k] = dh[k] * (before - n[k]) * z[k] * (1 - z[k]);
        da[2 * size + k] = da_n;
        du[2 * size + k] = da_n * r[k];
        d_kept_[s * size + k] = dh[k] * z[k];
      }
    }
  }
  backward_projection(x, d_gates_, dx);
  backward_recurrence(states_, d_recurrent_);
  // db_hh = Σ du
  add_sum_of_rows(d_recurrent_, bias_hh_->grad);
}

Descriptor<Layer> GRU::descriptor() {
  return describe_recurrent<GRU>("GRU",
                                 "A gated recurrent unit: a recurrent layer that mixes its old state with a new one.");
}

}  // namespace toydl
