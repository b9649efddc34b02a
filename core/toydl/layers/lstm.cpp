#include <toydl/elementwise.h>
#include <toydl/layers/lstm.h>

namespace toydl {

LSTM::LSTM(Options options) : Recurrent(4, std::move(options)) { check_options(*this); }

LSTM::LSTM(Index in_features, Index hidden_features, Options options) : Recurrent(4, std::move(options)) {
  options_.in_features = in_features;
  options_.hidden_features = hidden_features;
  check_options(*this);
}

void LSTM::forward(const Tensor& x, Tensor& y, const Pass&) {
  project(x, gates_);
  const Index size = hidden();
  const Shape shape{x.rows(), time_, size};
  for (Tensor* tensor : {&cells_, &tanhs_, &states_}) tensor->resize(shape);
  const PackedMatrix& weight_hh = packed_transposed_weight_hh();
  for (Index t = 0; t < time_; ++t) {
    const MatrixTarget gates = at(gates_, t);
    if (t > 0) multiply_add(at(std::as_const(states_), t - 1), weight_hh, gates);
    for (Index n = 0; n < x.rows(); ++n) {
      Scalar* const i = gates.data + n * gates.row_stride;
      Scalar *const f = i + size, *const g = f + size, *const o = g + size;
      const Index row = (n * time_ + t) * size;
      sigmoid(i, 2 * size);
      tanh(g, size);
      sigmoid(o, size);
      for (Index k = 0; k < size; ++k) {
        // c[t] = f c[t - 1] + i g
        cells_[row + k] = (t > 0 ? f[k] * cells_[row - size + k] : 0) + i[k] * g[k];
      }
      tanh(cells_.data() + row, tanhs_.data() + row, size);
      // h[t] = o tanh(c[t])
      for (Index k = 0; k < size; ++k) states_[row + k] = o[k] * tanhs_[row + k];
    }
  }
  write_output(states_, y);
}

void LSTM::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const Index size = hidden();
  d_gates_.resize(gates_.shape());
  d_state_.resize({x.rows(), size});
  d_cell_.resize(d_state_.shape());
  d_cell_.fill(0);
  const PackedMatrix& weight_hh = packed_weight_hh();
  for (Index t = time_; t-- > 0;) {
    // dh[t] = dy[t] + da[t + 1] W_hh
    if (t + 1 < time_)
      multiply(at(std::as_const(d_gates_), t + 1), weight_hh, d_state_);
    else
      d_state_.fill(0);
    add_output_gradient(dy, t, d_state_);
    for (Index n = 0; n < x.rows(); ++n) {
      const Index row = (n * time_ + t) * size;
      const Scalar* const i = gates_.data() + 4 * row;
      const Scalar *const f = i + size, *const g = f + size, *const o = g + size;
      Scalar* const di = d_gates_.data() + 4 * row;
      Scalar *const df = di + size, *const dg = df + size, *const d_o = dg + size;
      const Scalar* const dh = d_state_.data() + n * size;
      Scalar* const dc = d_cell_.data() + n * size;  // holds dc[t + 1] f[t + 1]
      for (Index k = 0; k < size; ++k) {
        const Scalar tanh_c = tanhs_[row + k], before = t > 0 ? cells_[row - size + k] : 0;
        // dc[t] = dh[t] o (1 - tanh²(c[t])) + dc[t + 1] f[t + 1]
        const Scalar d = dh[k] * o[k] * (1 - tanh_c * tanh_c) + dc[k];
        di[k] = d * g[k] * i[k] * (1 - i[k]);
        df[k] = d * before * f[k] * (1 - f[k]);
        dg[k] = d * i[k] * (1 - g[k] * g[k]);
        d_o[k] = dh[k] * tanh_c * o[k] * (1 - o[k]);
        dc[k] = d * f[k];
      }
    }
  }
  backward_projection(x, d_gates_, dx);
  backward_recurrence(states_, d_gates_);
}

Descriptor<Layer> LSTM::descriptor() {
  return describe_recurrent<LSTM>("LSTM",
                                  "Long short-term memory: a recurrent layer whose cells forget only when told to.");
}

}  // namespace toydl
