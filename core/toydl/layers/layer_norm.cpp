#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/initializers/ones.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layers/layer_norm.h>
#include <toydl/rows.h>

#include <cmath>

namespace toydl {

LayerNorm::LayerNorm(Options options) : options_(std::move(options)) { check_options(*this); }

Shape LayerNorm::build(const Shape& in, Rng& rng) {
  if (in.rank() == 0) throw Error(ErrorCode::shape, "needs samples with a dimension, such as [features].");
  const Shape each{in.back()};
  weight_->build(each, Ones(), Fans::of(each), rng);
  bias_->build(each, Zeros(), Fans::of(each), rng);
  return in;
}

void LayerNorm::forward(const Tensor& x, Tensor& y, const Pass&) {
  const Scalar* const in = x.data();
  const Index features = weight_->value.size(), rows = x.size() / features;
  const auto n = static_cast<Scalar>(features);
  mean_.resize({rows});
  inverse_.resize({rows});
  const Channels layout = Channels::rows(rows, features);
  // μ = Σ x / n
  sum_channels(layout, in, mean_.data());
  mean_.array() /= n;
  // σ² = Σ (x - μ)² / n
  const auto epsilon = static_cast<Scalar>(options_.epsilon);
  sum_channels(
      layout, [=, mean = mean_.data()](Index i, Index row, Index) { return (in[i] - mean[row]) * (in[i] - mean[row]); },
      [&](Index row, Scalar sum) { inverse_[row] = 1 / std::sqrt(sum / n + epsilon); });
  const auto weight = weight_->value.array().transpose(), bias = bias_->value.array().transpose();
  for (Index row = 0; row < rows; ++row) {
    // y = γ x̂ + β
    y.last_dimension().row(row).array() =
        weight * ((x.last_dimension().row(row).array() - mean_[row]) * inverse_[row]) + bias;
  }
}

void LayerNorm::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const Scalar* const in = x.data();
  const Scalar* const d = dy.data();
  const Scalar* const mean = mean_.data();
  const Scalar* const inverse = inverse_.data();
  const Index features = weight_->value.size(), rows = mean_.size();
  const Channels columns = Channels::columns(rows, features);
  // dβ = Σ dy, dγ = Σ dy x̂
  add_sum_of_rows(dy, bias_->grad);
  sum_channels(
      columns, [=](Index i, Index, Index row) { return d[i] * ((in[i] - mean[row]) * inverse[row]); },
      [&](Index c, Scalar sum) { weight_->grad[c] += sum; });
  if (dx == nullptr) return;
  const auto n = static_cast<Scalar>(features);
  mean_d_.resize({rows});
  mean_d_x_.resize({rows});
  const Channels each_row = Channels::rows(rows, features);
  // dx holds γ dy, whose means are taken, and that of γ dy x̂.
  const Scalar* const weighted = dx->data();
  dx->last_dimension().array() = dy.last_dimension().array().rowwise() * weight_->value.array().transpose();
  sum_channels(each_row, weighted, mean_d_.data());
  mean_d_.array() /= n;
  sum_channels(
      each_row, [=](Index i, Index row, Index) { return weighted[i] * ((in[i] - mean[row]) * inverse[row]); },
      [&](Index row, Scalar sum) { mean_d_x_[row] = sum / n; });
  for (Index row = 0; row < rows; ++row) {
    auto out = dx->last_dimension().row(row).array();
    // dx = (γ dy - mean of γ dy - x̂ · mean of γ dy x̂) / √(σ² + ε)
    out = inverse[row] *
          (out - mean_d_[row] - (x.last_dimension().row(row).array() - mean[row]) * inverse[row] * mean_d_x_[row]);
  }
}

Descriptor<Layer> LayerNorm::descriptor() {
  return describe_as<Layer, LayerNorm>(
      "LayerNorm",
      "Gives the features of every sample or time step mean 0 and variance 1, then a learnt scale and shift.",
      {option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-12, .max = 1e6})},
      {{.input = {6}}, {.input = {3, 5}}});
}

}  // namespace toydl
