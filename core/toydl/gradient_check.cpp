#include <toydl/error.h>
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

/// Numbers spread evenly over -2 to 2, without 0, in random order.
Tensor spread(const Shape& shape, Rng& rng) {
  Tensor tensor(shape);
  const Index half = (tensor.size() + 1) / 2;
  for (Index i = 0; i < tensor.size(); ++i) {
    const Scalar size = 2 * (static_cast<Scalar>(i / 2) + Scalar(0.5)) / static_cast<Scalar>(half);
    tensor[i] = i % 2 == 0 ? size : -size;
  }
  rng.shuffle(tensor.values());
  return tensor;
}

Tensor random_indices(const Shape& shape, Index end, Rng& rng) {
  Tensor tensor(shape);
  for (Scalar& value : tensor.values()) value = static_cast<Scalar>(rng.below(static_cast<uint32_t>(end)));
  return tensor;
}

/// Compares a whole gradient, number by number, and keeps the worst entry in `report`.
template <class Objective>
void compare(const std::string& where, Index parameter, Tensor& values, const Tensor& gradient,
             const Objective& objective, GradientCheckReport& report) {
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
    // NaN is the worst of all.
    const bool is_first = report.shape.rank() == 0;
    if (is_first || (!std::isnan(report.relative_error) && !(error <= report.relative_error)))
      report = {where, parameter, values.shape(), i, analytic, numeric, error};
  }
}

/// At its end, makes a layer one that can be built, as it was.
struct Unbuilt {
  Layer& layer;

  ~Unbuilt() {
    for (const auto& parameter : layer.parameters()) parameter->resize({0});
  }
};

}  // namespace

GradientCheckReport gradient_check(Layer& layer, const Shape& sample, const GradientCheckOptions& options) {
  if (sample.size() == 0 || options.batch < 1) {
    throw Error(ErrorCode::shape, concat("a gradient check needs numbers: this is a batch of ", options.batch,
                                         " samples of shape ", sample));
  }
  const auto is_built = [](const auto& parameter) { return parameter->value.size() > 0; };
  if (layer.is_used() || std::ranges::any_of(layer.parameters(), is_built)) {
    throw Error(ErrorCode::state, concat(layer.describe(), " already belongs to a model; check a new one like it"));
  }
  const Unbuilt unbuilt{layer};
  Rng weights(options.seed, Rng::Stream::weights);
  Rng data(options.seed, Rng::Stream::data);
  const Shape out = layer.build(sample, weights);
  const Shape batch = sample.batch(options.batch);
  Tensor x = options.indices > 0 ? random_indices(batch, options.indices, data) : spread(batch, data);
  const Tensor dy = random_normal(out.batch(options.batch), data);
  Tensor y(dy.shape()), dx(x.shape());
  const auto forward = [&] {
    Rng drawn(options.seed, Rng::Stream::layers);
    layer.forward(x, y, {Mode::training, drawn});
  };

  forward();
  layer.backward(x, y, dy, &dx);

  const auto objective = [&] {
    forward();
    double sum = 0;
    for (Index i = 0; i < y.size(); ++i) sum += static_cast<double>(dy[i]) * static_cast<double>(y[i]);
    return sum;
  };
  GradientCheckReport report{.where = "x"};
  if (options.indices == 0) compare("x", -1, x, dx, objective, report);
  const Parameters parameters = layer.parameters();
  for (size_t i = 0; i < parameters.size(); ++i) {
    compare(parameters[i]->name, static_cast<Index>(i), parameters[i]->value, parameters[i]->grad, objective, report);
  }
  return report;
}

}  // namespace toydl
