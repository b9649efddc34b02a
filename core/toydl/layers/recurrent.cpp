#include <toydl/error.h>
#include <toydl/layers/recurrent.h>
#include <toydl/rows.h>

#include <algorithm>

namespace toydl {

Shape Recurrent::build(const Shape& in, Rng& rng) {
  if (in.rank() != 2 || in[0] == 0 || in[1] != options_.in_features) {
    throw Error(ErrorCode::shape,
                concat("takes sequences of shape [time, ", options_.in_features, "], but gets ", in,
                       in.rank() == 2 ? "." : ". Reshape each sample to [time, features] before it."));
  }
  time_ = in[0];
  const Shape input{gates_count_ * hidden(), in[1]}, recurrent{gates_count_ * hidden(), hidden()};
  weight_ih_->build(input, *options_.weight_initializer, Fans::of(input), rng);
  weight_hh_->build(recurrent, *options_.recurrent_initializer, Fans::of(recurrent), rng);
  bias_->build({gates_count_ * hidden()}, *options_.bias_initializer, Fans::of(input), rng);
  return options_.return_sequence ? Shape{time_, hidden()} : Shape{hidden()};
}

MatrixView Recurrent::at(const Tensor& sequence, Index t) {
  const Index features = sequence.shape().back();
  return {sequence.data() + t * features, sequence.rows(), features, sequence.cols(), 1};
}

MatrixTarget Recurrent::at(Tensor& sequence, Index t) {
  const Index features = sequence.shape().back();
  return {sequence.data() + t * features, sequence.rows(), features, sequence.cols()};
}

void Recurrent::project(const Tensor& x, Tensor& gates) const {
  const Index rows = x.rows() * time_, width = bias_->value.size();
  gates.resize({x.rows(), time_, width});
  for (Index row = 0; row < rows; ++row) copy_few(bias_->value.data(), width, gates.data() + row * width);
  multiply_add(MatrixView::rows_of(x), MatrixView(weight_ih_->value).transposed(), MatrixTarget::rows_of(gates));
}

void Recurrent::write_output(const Tensor& states, Tensor& y) const {
  if (options_.return_sequence) {
    y.array() = states.array();
  } else {
    for (Index n = 0; n < y.rows(); ++n) y.matrix().row(n) = states.matrix().row(n).tail(hidden());
  }
}

void Recurrent::add_output_gradient(const Tensor& dy, Index t, Tensor& d_state) const {
  if (options_.return_sequence) {
    for (Index n = 0; n < dy.rows(); ++n) d_state.matrix().row(n) += dy.matrix().row(n).segment(t * hidden(), hidden());
  } else if (t + 1 == time_) {
    d_state.array() += dy.array();
  }
}

void Recurrent::backward_projection(const Tensor& x, const Tensor& d_gates, Tensor* dx) {
  const MatrixView d = MatrixView::rows_of(d_gates);
  // dW_ih += d_gatesᵀ x
  multiply_add(d.transposed(), MatrixView::rows_of(x), weight_ih_->grad);
  // db += Σ d_gates
  add_sum_of_rows(d_gates, bias_->grad);
  // dx = d_gates W_ih
  if (dx != nullptr) multiply(d, weight_ih_->value, MatrixTarget::rows_of(*dx));
}

const PackedMatrix& Recurrent::packed_transposed_weight_hh() {
  packed_.pack(MatrixView(weight_hh_->value).transposed());
  return packed_;
}

const PackedMatrix& Recurrent::packed_weight_hh() {
  packed_.pack(weight_hh_->value);
  return packed_;
}

void Recurrent::backward_recurrence(const Tensor& states, const Tensor& d_gates) {
  for (Index t = 1; t < time_; ++t) {
    // dW_hh += d_gates[t]ᵀ h[t - 1]
    multiply_add(at(d_gates, t).transposed(), at(states, t - 1), weight_hh_->grad);
  }
}

}  // namespace toydl
