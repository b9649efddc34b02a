#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/initializers/ones.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layers/batch_norm.h>

#include <cmath>

namespace toydl {

BatchNorm::BatchNorm(Options options) : options_(std::move(options)) { check_options(*this); }

Shape BatchNorm::build(const Shape& in, Rng& rng) {
  if (in.rank() == 0) throw Error(ErrorCode::shape, "needs samples with a dimension, such as [features].");
  // In memory a sample is a series of runs that belong to one channel after the other.
  channels_ = in.rank() == 3 ? in[0] : in.back();
  run_ = in.rank() == 3 ? in[1] * in[2] : 1;
  runs_per_channel_ = in.size() == 0 ? 0 : in.size() / (run_ * channels_);
  const Shape each{channels_};
  weight_->build(each, Ones(), Fans::of(each), rng);
  bias_->build(each, Zeros(), Fans::of(each), rng);
  running_mean_->value = Tensor(each);
  running_var_->value = Tensor(each);
  running_var_->value.fill(1);
  for (Tensor* tensor : {&mean_, &variance_, &center_, &inverse_, &d_weight_, &d_bias_}) *tensor = Tensor(each);
  return in;
}

void BatchNorm::forward(const Tensor& x, Tensor& y, const Pass& pass) {
  training_ = pass.training();
  const Scalar* const mean = training_ ? mean_.data() : running_mean_->value.data();
  const Scalar* const variance = training_ ? variance_.data() : running_var_->value.data();
  if (training_) measure(x);
  for (Index c = 0; c < channels_; ++c) {
    center_[c] = mean[c];
    inverse_[c] = 1 / std::sqrt(variance[c] + static_cast<Scalar>(options_.epsilon));
  }
  // y = γ x̂ + β
  for_each_run(x.rows(), [&](Index c, Index first) {
    const Scalar scale = weight_->value[c] * inverse_[c];
    for (Index i = first; i < first + run_; ++i) y[i] = (x[i] - center_[c]) * scale + bias_->value[c];
  });
}

void BatchNorm::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  // dβ = Σ dy, dγ = Σ dy x̂; of this batch alone, for dx
  const Channels layout = this->layout(x.rows());
  sum_channels(layout, dy.data(), d_bias_.data());
  sum_channels(
      layout,
      [&, in = x.data(), d = dy.data()](Index i, Index c, Index) {
        return d[i] * ((in[i] - center_[c]) * inverse_[c]);
      },
      [&](Index c, Scalar sum) { d_weight_[c] = sum; });
  bias_->grad.array() += d_bias_.array();
  weight_->grad.array() += d_weight_.array();
  if (dx == nullptr) return;
  const auto n = static_cast<Scalar>(layout.size());
  for_each_run(x.rows(), [&](Index c, Index first) {
    const Scalar scale = weight_->value[c] * inverse_[c];
    const Scalar mean_dy = training_ ? d_bias_[c] / n : 0, mean_dy_x = training_ ? d_weight_[c] / n : 0;
    for (Index i = first; i < first + run_; ++i) {
      // dx = γ / √(σ² + ε) (dy - mean of dy - x̂ · mean of dy x̂)
      (*dx)[i] = scale * (dy[i] - mean_dy - (x[i] - center_[c]) * inverse_[c] * mean_dy_x);
    }
  });
}

void BatchNorm::measure(const Tensor& x) {
  const Channels layout = this->layout(x.rows());
  const Index n = layout.size();
  if (n == 0) return;
  if (n == 1) {
    throw Error(ErrorCode::shape,
                "needs at least 2 numbers of each feature or channel to train, for 1 has no variance. Give it more "
                "samples at a time, or use it outside of training, as predict does.");
  }
  const Scalar* const in = x.data();
  // μ = Σ x / n
  sum_channels(layout, in, mean_.data());
  mean_.array() /= static_cast<Scalar>(n);
  // σ² = Σ (x - μ)² / n
  sum_channels(
      layout, [&](Index i, Index c, Index) { return (in[i] - mean_[c]) * (in[i] - mean_[c]); },
      [&](Index c, Scalar sum) { variance_[c] = sum / static_cast<Scalar>(n); });
  // A batch that is out of bounds must not spoil what was gathered.
  if (!mean_.array().isFinite().all() || !variance_.array().isFinite().all()) return;
  // r ← (1 - m) r + m · now
  const double m = options_.momentum;
  const double unbiased = static_cast<double>(n) / static_cast<double>(n - 1);
  const auto kept = static_cast<Scalar>(1 - m), taken = static_cast<Scalar>(m);
  const auto taken_unbiased = static_cast<Scalar>(m * unbiased);
  running_mean_->value.array() = kept * running_mean_->value.array() + taken * mean_.array();
  running_var_->value.array() = kept * running_var_->value.array() + taken_unbiased * variance_.array();
}

Descriptor<Layer> BatchNorm::descriptor() {
  return describe_as<Layer, BatchNorm>(
      "BatchNorm", "Gives every feature mean 0 and variance 1 over the batch, then a learnt scale and shift.",
      {option("momentum", &Options::momentum, "m, how fast the running means follow.", {.min = 0, .max = 1}),
       option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-12, .max = 1e6})},
      {{.input = {5}}, {.input = {4, 3}}, {.options = R"({"momentum": 0.3})", .input = {3, 4, 2}}});
}

}  // namespace toydl
