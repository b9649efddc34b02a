#include <toydl/gradient_check.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace toydl {
namespace {

/// The h at which the error of the formula (h²) and that of rounding (ε / h) are about equal.
Scalar step_size() { return std::cbrt(std::numeric_limits<Scalar>::epsilon()); }

Tensor random_normal(const Shape& shape, Rng& rng) {
  Tensor tensor(shape);
  for (Scalar& value : tensor.values()) value = rng.normal();
  return tensor;
}

/// Compares a whole gradient, number by number, and keeps the worst entry in `report`.
template <class Objective>
void compare(const std::string& where, Tensor& values, const Tensor& gradient, const Objective& objective,
             GradientCheckReport& report) {
  const Scalar h = step_size();
  const double floor = gradient.size() == 0 ? 0 : 0.01 * static_cast<double>(gradient.array().abs().maxCoeff());
  for (Index i = 0; i < values.size(); ++i) {
    const Scalar value = values[i];
    const Scalar above = value + h, below = value - h;
    values[i] = above;
    const double high = objective();
    values[i] = below;
    const double low = objective();
    values[i] = value;
    const double numeric = (high - low) / static_cast<double>(above - below);
    const double analytic = gradient[i];
    const double size = std::max({std::abs(analytic), std::abs(numeric), floor, 1e-12});
    const double error = std::abs(analytic - numeric) / size;
    // Written so that NaN is the worst of all.
    if (!(error <= report.relative_error)) report = {where, i, analytic, numeric, error};
  }
}

}  // namespace

GradientCheckReport gradient_check(Layer& layer, const Shape& sample, const GradientCheckOptions& options) {
  Rng weights(options.seed, Rng::Stream::weights);
  Rng data(options.seed, Rng::Stream::data);
  const Shape out = layer.build(sample, weights);
  Tensor x = random_normal(sample.batch(options.batch), data);
  // Not near 0, where functions such as ReLU have no derivative.
  for (Scalar& value : x.values()) value += std::copysign(10 * step_size(), value);
  const Tensor dy = random_normal(out.batch(options.batch), data);
  Tensor y(dy.shape()), dx(x.shape());

  layer.forward(x, y, Mode::training);
  layer.backward(x, y, dy, &dx);

  const auto objective = [&] {
    layer.forward(x, y, Mode::training);
    double sum = 0;
    for (Index i = 0; i < y.size(); ++i) sum += static_cast<double>(dy[i]) * static_cast<double>(y[i]);
    return sum;
  };
  GradientCheckReport report{.where = "x"};
  compare("x", x, dx, objective, report);
  for (const auto& parameter : layer.parameters()) {
    compare(parameter->name, parameter->value, parameter->grad, objective, report);
  }
  return report;
}

}  // namespace toydl
