#include <toydl/descriptor.h>
#include <toydl/gemm.h>
#include <toydl/layers/attention.h>

namespace toydl {

Attention::Attention(Options options) : options_(std::move(options)) { check_options(*this); }

Attention::Attention(Index size, Options options) : options_(std::move(options)) {
  options_.size = size;
  check_options(*this);
}

Shape Attention::build(const Shape& in, Rng& rng) {
  require_sequence(in);
  time_ = in[0];
  const Shape weight{3 * options_.size, in[1]};
  weight_->build(weight, *options_.weight_initializer, Fans::of(weight), rng);
  return {time_, options_.size};
}

void Attention::forward(const Tensor& x, Tensor& y, const Pass&) {
  const Index size = options_.size;
  projected_.resize({x.rows(), time_, 3 * size});
  weights_.resize({x.rows(), time_, time_});
  // q, k, v = x Wᵀ
  multiply(MatrixView::rows_of(x), MatrixView(weight_->value).transposed(), MatrixTarget::rows_of(projected_));
  for (Index n = 0; n < x.rows(); ++n) {
    // y = softmax(q kᵀ / √size) v
    head(n).forward({weights_.data() + n * time_ * time_, time_, time_, time_},
                    {y.data() + n * y.cols(), time_, size, size});
  }
}

void Attention::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const Index size = options_.size;
  d_projected_.resize(projected_.shape());
  d_scores_.resize({time_, time_});
  for (Index n = 0; n < x.rows(); ++n) {
    const auto part = [&](Index which) {
      return MatrixTarget(d_projected_.data() + n * d_projected_.cols() + which * size, time_, size, 3 * size);
    };
    head(n).backward({weights_.data() + n * time_ * time_, time_, time_, time_, 1},
                     {dy.data() + n * dy.cols(), time_, size, size, 1}, d_scores_, part(0), part(1), part(2));
  }
  const MatrixView d = MatrixView::rows_of(d_projected_);
  // dW += (dq, dk, dv)ᵀ x
  multiply_add(d.transposed(), MatrixView::rows_of(x), weight_->grad);
  // dx = (dq, dk, dv) W
  if (dx != nullptr) multiply(d, weight_->value, MatrixTarget::rows_of(*dx));
}

ScaledDotProduct Attention::head(Index sample) const {
  const Index size = options_.size;
  const auto part = [&](Index which) {
    return MatrixView(projected_.data() + sample * projected_.cols() + which * size, time_, size, 3 * size, 1);
  };
  return {part(0), part(1), part(2), options_.causal};
}

Descriptor<Layer> Attention::descriptor() {
  return describe_as<Layer, Attention>(
      "Attention", "Attention with one head: every time step takes of the others as much as they matter.",
      {required("size", &Options::size, "Features of a query, a key and a value.", {.min = 1, .max = 1 << 16}),
       option("causal", &Options::causal, "Whether no time step sees a later one."),
       option("weight_initializer", &Options::weight_initializer, "First values of the weight [3 size, features].")},
      {{.options = R"({"size": 4})", .input = {5, 3}}, {.options = R"({"size": 2, "causal": true})", .input = {4, 3}}});
}

}  // namespace toydl
