#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/initializers/ones.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layers/layer_norm.h>

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
  const auto in = x.last_dimension();
  auto out = y.last_dimension();
  const auto n = static_cast<Scalar>(in.cols());
  mean_.resize({in.rows()});
  inverse_.resize({in.rows()});
  for (Index row = 0; row < in.rows(); ++row) {
    Scalar sum = 0, square = 0;
    for (Index i = 0; i < in.cols(); ++i) sum += in(row, i);
    const Scalar mean = mean_[row] = sum / n;
    for (Index i = 0; i < in.cols(); ++i) square += (in(row, i) - mean) * (in(row, i) - mean);
    const Scalar inverse = inverse_[row] = 1 / std::sqrt(square / n + static_cast<Scalar>(options_.epsilon));
    // y = γ x̂ + β
    for (Index i = 0; i < in.cols(); ++i) {
      out(row, i) = weight_->value[i] * ((in(row, i) - mean) * inverse) + bias_->value[i];
    }
  }
}

void LayerNorm::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const auto in = x.last_dimension();
  const auto d = dy.last_dimension();
  const auto n = static_cast<Scalar>(in.cols());
  for (Index row = 0; row < in.rows(); ++row) {
    const Scalar mean = mean_[row], inverse = inverse_[row];
    Scalar sum = 0, sum_x = 0;  // of γ dy, and of γ dy x̂
    for (Index i = 0; i < in.cols(); ++i) {
      const Scalar normal = (in(row, i) - mean) * inverse;
      // dβ = Σ dy, dγ = Σ dy x̂
      bias_->grad[i] += d(row, i);
      weight_->grad[i] += d(row, i) * normal;
      sum += weight_->value[i] * d(row, i);
      sum_x += weight_->value[i] * d(row, i) * normal;
    }
    if (dx == nullptr) continue;
    Scalar* const out = dx->data() + row * in.cols();
    // dx = (γ dy - mean of γ dy - x̂ · mean of γ dy x̂) / √(σ² + ε)
    for (Index i = 0; i < in.cols(); ++i) {
      const Scalar normal = (in(row, i) - mean) * inverse;
      out[i] = inverse * (weight_->value[i] * d(row, i) - sum / n - normal * (sum_x / n));
    }
  }
}

Descriptor<Layer> LayerNorm::descriptor() {
  return describe_as<Layer, LayerNorm>(
      "LayerNorm",
      "Gives the features of every sample or time step mean 0 and variance 1, then a learnt scale and shift.",
      {option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-12})},
      {{.input = {6}}, {.input = {3, 5}}});
}

}  // namespace toydl
