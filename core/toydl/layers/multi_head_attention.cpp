#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/gemm.h>
#include <toydl/layers/multi_head_attention.h>
#include <toydl/rows.h>

namespace toydl {

MultiHeadAttention::MultiHeadAttention(Options options) : options_(std::move(options)) { check_options(*this); }

MultiHeadAttention::MultiHeadAttention(Index heads, Options options) : options_(std::move(options)) {
  options_.heads = heads;
  check_options(*this);
}

Shape MultiHeadAttention::build(const Shape& in, Rng& rng) {
  require_sequence(in);
  if (in[1] % options_.heads != 0) {
    throw Error(ErrorCode::shape, concat("divides the features among ", options_.heads, " heads, but gets ", in[1],
                                         ", ", in, ". Make the features a multiple of ", options_.heads, "."));
  }
  time_ = in[0];
  features_ = in[1];
  const Shape in_weight{3 * features_, features_}, out_weight{features_, features_};
  in_weight_->build(in_weight, *options_.weight_initializer, Fans::of(in_weight), rng);
  in_bias_->build({3 * features_}, *options_.bias_initializer, Fans::of(in_weight), rng);
  out_weight_->build(out_weight, *options_.weight_initializer, Fans::of(out_weight), rng);
  out_bias_->build({features_}, *options_.bias_initializer, Fans::of(out_weight), rng);
  return in;
}

void MultiHeadAttention::forward(const Tensor& x, Tensor& y, const Pass&) {
  projected_.resize({x.rows(), time_, 3 * features_});
  weights_.resize({x.rows(), options_.heads, time_, time_});
  context_.resize(x.shape());
  // q, k, v = x W_inᵀ + b_in
  multiply(MatrixView::rows_of(x), MatrixView(in_weight_->value).transposed(), MatrixTarget::rows_of(projected_));
  add_to_rows(in_bias_->value, projected_);
  for (Index n = 0; n < x.rows(); ++n) {
    for (Index h = 0; h < options_.heads; ++h)
      head(n, h).forward(square_of(weights_, n, h), part_of(context_, n, 0, h));
  }
  // y = c W_outᵀ + b_out
  multiply(MatrixView::rows_of(context_), MatrixView(out_weight_->value).transposed(), MatrixTarget::rows_of(y));
  add_to_rows(out_bias_->value, y);
}

void MultiHeadAttention::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const MatrixView d = MatrixView::rows_of(dy);
  d_context_.resize(x.shape());
  d_projected_.resize(projected_.shape());
  d_scores_.resize({time_, time_});
  // dc = dy W_out, dW_out += dyᵀ c, db_out += Σ dy
  multiply(d, out_weight_->value, MatrixTarget::rows_of(d_context_));
  multiply_add(d.transposed(), MatrixView::rows_of(context_), out_weight_->grad);
  add_sum_of_rows(dy, out_bias_->grad);
  for (Index n = 0; n < x.rows(); ++n) {
    for (Index h = 0; h < options_.heads; ++h) {
      const MatrixTarget weights = square_of(weights_, n, h), dc = part_of(d_context_, n, 0, h);
      head(n, h).backward({weights.data, time_, time_, time_, 1}, {dc.data, time_, dc.cols, dc.row_stride, 1},
                          d_scores_, part_of(d_projected_, n, 0, h), part_of(d_projected_, n, 1, h),
                          part_of(d_projected_, n, 2, h));
    }
  }
  const MatrixView dp = MatrixView::rows_of(d_projected_);
  // dW_in += (dq, dk, dv)ᵀ x, db_in += Σ (dq, dk, dv)
  multiply_add(dp.transposed(), MatrixView::rows_of(x), in_weight_->grad);
  add_sum_of_rows(d_projected_, in_bias_->grad);
  // dx = (dq, dk, dv) W_in
  if (dx != nullptr) multiply(dp, in_weight_->value, MatrixTarget::rows_of(*dx));
}

ScaledDotProduct MultiHeadAttention::head(Index sample, Index head) const {
  const auto part = [&](Index which) {
    const Index offset = which * features_ + head * (features_ / options_.heads);
    return MatrixView(projected_.data() + sample * projected_.cols() + offset, time_, features_ / options_.heads,
                      3 * features_, 1);
  };
  return {part(0), part(1), part(2), options_.causal};
}

MatrixTarget MultiHeadAttention::part_of(Tensor& tensor, Index sample, Index which, Index head) const {
  const Index size = features_ / options_.heads;
  return {tensor.data() + sample * tensor.cols() + which * features_ + head * size, time_, size, tensor.shape().back()};
}

MatrixTarget MultiHeadAttention::square_of(Tensor& tensor, Index sample, Index head) const {
  return {tensor.data() + (sample * options_.heads + head) * time_ * time_, time_, time_, time_};
}

Descriptor<Layer> MultiHeadAttention::descriptor() {
  return describe_as<Layer, MultiHeadAttention>(
      "MultiHeadAttention", "Attention with several heads.",
      {required("heads", &Options::heads, "How many heads; the features are divided among them.",
                {.min = 1, .max = 1024}),
       option("causal", &Options::causal, "Whether no time step sees a later one."),
       option("weight_initializer", &Options::weight_initializer, "First values of both weights."),
       option("bias_initializer", &Options::bias_initializer, "First values of both biases.")},
      {{.options = R"({"heads": 2})", .input = {5, 6}},
       {.options = R"({"heads": 3, "causal": true})", .input = {4, 6}}});
}

}  // namespace toydl
