#pragma once

#include <toydl/descriptor.h>
#include <toydl/gemm.h>
#include <toydl/initializers/orthogonal.h>
#include <toydl/initializers/xavier_uniform.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layer.h>

namespace toydl {

struct RecurrentOptions {
  Index in_features = 1;
  Index hidden_features = 1;
  bool return_sequence = false;
  Ref<const Initializer> weight_initializer = XavierUniform();
  Ref<const Initializer> recurrent_initializer = Orthogonal();
  Ref<const Initializer> bias_initializer = Zeros();
};

/// What SimpleRNN, LSTM and GRU have in common: sequences in, a state that goes from one time step to the next, and the last
/// state or all of them out. All three compute, for every time step, `gates` numbers for each number of the state from
///
///     x[t] W_ihᵀ + b        x [batch, time, in], W_ih [gates · hidden, in], b [gates · hidden]
///     h[t - 1] W_hhᵀ        h [batch, time, hidden], W_hh [gates · hidden, hidden]; before the first step h is 0
///
/// The first for all time steps in one product, as it does not depend on the state. y is h[last] [batch, hidden], or with
/// `return_sequence` all of h. Weights are laid out and named as in PyTorch, where the bias is split in two.
class Recurrent : public Layer {
 public:
  using Options = RecurrentOptions;

  Shape build(const Shape& in, Rng& rng) override;
  Parameters parameters() const override { return {weight_ih_, weight_hh_, bias_}; }

  const Options& options() const { return options_; }

 protected:
  Recurrent(Index gates, Options options) : options_(std::move(options)), gates_count_(gates) {}

  Index hidden() const { return options_.hidden_features; }

  /// One time step of a sequence [batch, time, features], as a matrix [batch, features].
  static MatrixView at(const Tensor& sequence, Index t);
  static MatrixTarget at(Tensor& sequence, Index t);

  /// gates[t] = x[t] W_ihᵀ + b for all t; gives `gates` its shape.
  void project(const Tensor& x, Tensor& gates) const;

  /// y from all states.
  void write_output(const Tensor& states, Tensor& y) const;

  /// d_state [batch, hidden] += the part of dy that belongs to time step t.
  void add_output_gradient(const Tensor& dy, Index t, Tensor& d_state) const;

  /// From the gradient of x[t] W_ihᵀ + b:  dW_ih += d_gatesᵀ x,  db += Σ d_gates,  dx = d_gates W_ih.
  void backward_projection(const Tensor& x, const Tensor& d_gates, Tensor* dx);

  /// W_hhᵀ and W_hh, to multiply by at every time step. One takes the place of the other.
  const PackedMatrix& packed_transposed_weight_hh();
  const PackedMatrix& packed_weight_hh();

  /// From the gradient of h[t - 1] W_hhᵀ:  dW_hh += Σ over t of d_gates[t]ᵀ h[t - 1].
  void backward_recurrence(const Tensor& states, const Tensor& d_gates);

  Options options_;
  Index gates_count_;
  Index time_ = 0;
  std::shared_ptr<Parameter> weight_ih_ = std::make_shared<Parameter>("weight_ih");
  std::shared_ptr<Parameter> weight_hh_ = std::make_shared<Parameter>("weight_hh");
  std::shared_ptr<Parameter> bias_ = std::make_shared<Parameter>("bias");

 private:
  PackedMatrix packed_;
};

/// The description of a recurrent layer.
template <class Derived>
Descriptor<Layer> describe_recurrent(const char* name, const char* doc) {
  using Options = RecurrentOptions;
  return describe_as<Layer, Derived>(
      name, doc,
      {required("in_features", &Options::in_features, "Features of a time step of x.", {.min = 1, .max = 1 << 20}),
       required("hidden_features", &Options::hidden_features, "Size of the state.", {.min = 1, .max = 1 << 20}),
       option("return_sequence", &Options::return_sequence, "Whether y has the states of all time steps, or the last."),
       option("weight_initializer", &Options::weight_initializer, "First values of the weight of x."),
       option("recurrent_initializer", &Options::recurrent_initializer, "First values of the weight of the state."),
       option("bias_initializer", &Options::bias_initializer, "First values of the bias.")},
      {{.options = R"({"in_features": 3, "hidden_features": 4})", .input = {5, 3}},
       {.options = R"({"in_features": 2, "hidden_features": 3, "return_sequence": true})", .input = {4, 2}}});
}

}  // namespace toydl
