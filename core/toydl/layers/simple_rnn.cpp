#include <toydl/elementwise.h>
#include <toydl/layers/simple_rnn.h>

namespace toydl {

SimpleRNN::SimpleRNN(Options options) : Recurrent(1, std::move(options)) { check_options(*this); }

SimpleRNN::SimpleRNN(Index in_features, Index hidden_features, Options options) : Recurrent(1, std::move(options)) {
  options_.in_features = in_features;
  options_.hidden_features = hidden_features;
  check_options(*this);
}

void SimpleRNN::forward(const Tensor& x, Tensor& y, const Pass&) {
  project(x, states_);
  const PackedMatrix& weight_hh = packed_transposed_weight_hh();
  for (Index t = 0; t < time_; ++t) {
    const MatrixTarget h = at(states_, t);
    if (t > 0) multiply_add(at(std::as_const(states_), t - 1), weight_hh, h);
    for (Index n = 0; n < h.rows; ++n) {
      Scalar* const row = h.data + n * h.row_stride;
      // h[t] = tanh(a[t])
      tanh(row, h.cols);
    }
  }
  write_output(states_, y);
}

void SimpleRNN::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  d_sums_.resize(states_.shape());
  d_state_.resize({x.rows(), hidden()});
  const PackedMatrix& weight_hh = packed_weight_hh();
  for (Index t = time_; t-- > 0;) {
    // dh[t] = dy[t] + da[t + 1] W_hh
    if (t + 1 < time_)
      multiply(at(std::as_const(d_sums_), t + 1), weight_hh, d_state_);
    else
      d_state_.fill(0);
    add_output_gradient(dy, t, d_state_);
    const MatrixView h = at(std::as_const(states_), t);
    const MatrixTarget da = at(d_sums_, t);
    for (Index n = 0; n < h.rows; ++n) {
      const Scalar* const dh = d_state_.data() + n * hidden();
      const Scalar* const state = h.data + n * h.row_stride;
      Scalar* const row = da.data + n * da.row_stride;
      // da[t] = dh[t] (1 - h[t]²)
      for (Index i = 0; i < hidden(); ++i) row[i] = dh[i] * (1 - state[i] * state[i]);
    }
  }
  backward_projection(x, d_sums_, dx);
  backward_recurrence(states_, d_sums_);
}

Descriptor<Layer> SimpleRNN::descriptor() {
  return describe_recurrent<SimpleRNN>("SimpleRNN", "A recurrent layer with one matrix and tanh.");
}

}  // namespace toydl
