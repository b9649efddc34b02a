#include "passes.h"

#include <toydl/gemm.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cmath>
#include <fstream>
#include <type_traits>

using namespace toydl;

// Whatever is registered computes what PyTorch computes: tests/golden/pytorch.py writes that to pytorch.json. Whoever
// adds a layer adds a case there.

namespace {

const Json& pytorch() {
  static const Json golden = Json::parse(std::ifstream(TOYDL_GOLDEN "/pytorch.json"));
  return golden;
}

/// From nested lists, whose lengths are the shape. The numbers are floats, also in double precision, as PyTorch's were.
Tensor tensor_of(const Json& nested) {
  std::vector<Index> sizes;
  for (const Json* part = &nested; part->is_array(); part = &part->front()) sizes.push_back(part->size());
  std::vector<Scalar> values;
  for (const Json& number : nested.flatten()) values.push_back(number.get<float>());
  return Tensor(Shape(sizes), values);
}

/// Compares every number. Small ones, which may be the differences of large ones, are held to a tenth of the largest.
void check_close(const std::string& name, const Tensor& ours, const Json& golden) {
  // Doubles leave only the rounding of PyTorch's numbers to floats.
  constexpr double tolerance = std::is_same_v<Scalar, double> ? 1e-7 : 1e-5;
  const Tensor expected = tensor_of(golden);
  INFO(name << " " << std::string(ours.shape()) << ", PyTorch's " << std::string(expected.shape()));
  REQUIRE(ours.shape() == expected.shape());
  const double floor = 0.1 * expected.array().abs().maxCoeff();
  const auto error = [&](Index i) {
    return std::abs(double{ours[i]} - expected[i]) / std::max({std::abs(double{expected[i]}), floor, 1e-30});
  };
  Index worst = 0;
  for (Index i = 0; i < ours.size(); ++i) {
    if (error(i) > error(worst) || std::isnan(error(i))) worst = i;
  }
  INFO("number " << worst << " is " << ours[worst] << ", PyTorch's " << expected[worst]);
  CHECK(error(worst) <= tolerance);
}

void set_values(const Parameters& parameters, const Json& golden) {
  REQUIRE(parameters.size() == golden.size());
  for (size_t i = 0; i < parameters.size(); ++i) {
    const Tensor value = tensor_of(golden[i]);
    INFO(parameters[i]->name << std::string(parameters[i]->value.shape()));
    REQUIRE(parameters[i]->value.shape() == value.shape());
    parameters[i]->value.array() = value.array();
  }
}

void check_values(const Parameters& parameters, const Json& golden) {
  REQUIRE(parameters.size() == golden.size());
  for (size_t i = 0; i < parameters.size(); ++i) check_close(parameters[i]->name, parameters[i]->value, golden[i]);
}

/// Everything of a kind occurs among `configs`.
template <class Base>
void check_covered(const std::vector<Json>& configs) {
  for (const auto& descriptor : registry<Base>()) {
    INFO("tests/golden/pytorch.py needs a case for " << descriptor.name);
    CHECK(std::ranges::any_of(configs, [&](const Json& config) { return config["type"] == descriptor.name; }));
  }
}

/// The config of every case in a section.
std::vector<Json> configs_of(const char* section) {
  std::vector<Json> configs;
  for (const Json& golden : pytorch()[section]) configs.push_back(golden["config"]);
  return configs;
}

}  // namespace

TEST_CASE("layers compute what PyTorch computes, forward and backward", "[pytorch][registry]") {
  check_covered<Layer>(configs_of("layers"));
  for (const Json& golden : pytorch()["layers"]) {
    const Tensor x = tensor_of(golden["x"]), dy = tensor_of(golden["dy"]);
    const Mode mode = golden["training"] ? Mode::training : Mode::evaluation;
    INFO(golden["config"] << " on " << std::string(x.shape()) << " in "
                          << (golden["training"] ? "training" : "evaluation"));
    const auto layer = make<Layer>(golden["config"]);
    Rng rng(1);
    const Shape out = layer->build(x.shape().sample(), rng);
    set_values(layer->parameters(), golden["parameters"]);
    set_values(layer->buffers(), golden["buffers"]);
    Tensor y(out.batch(x.rows())), dx(x.shape());
    pass_forward(*layer, x, y, mode);
    check_close("y", y, golden["y"]);
    layer->backward(x, y, dy, &dx);
    check_close("dx", dx, golden["dx"]);
    REQUIRE(layer->parameters().size() == golden["gradients"].size());
    for (size_t i = 0; i < layer->parameters().size(); ++i) {
      const Parameter& parameter = *layer->parameters()[i];
      check_close("d" + parameter.name, parameter.grad, golden["gradients"][i]);
    }
    check_values(layer->buffers(), golden["buffers_after"]);
  }
}

TEST_CASE("losses and their gradients are PyTorch's", "[pytorch][registry]") {
  check_covered<Loss>(configs_of("losses"));
  for (const Json& golden : pytorch()["losses"]) {
    const Tensor prediction = tensor_of(golden["prediction"]), target = tensor_of(golden["target"]);
    INFO(golden["config"] << " of " << golden["prediction"] << " and " << golden["target"]);
    const auto loss = make<Loss>(golden["config"]);
    check_close("loss", Tensor(Shape(), {loss->forward(prediction, target)}), golden["value"]);
    check_close("gradient", loss->backward(), golden["gradient"]);
  }
}

TEST_CASE("metrics are what PyTorch's definitions say", "[pytorch][registry]") {
  check_covered<Metric>(configs_of("metrics"));
  for (const Json& golden : pytorch()["metrics"]) {
    INFO(golden["config"] << " of " << golden["prediction"] << " and " << golden["target"]);
    const auto metric = make<Metric>(golden["config"]);
    metric->update(tensor_of(golden["prediction"]), tensor_of(golden["target"]));
    CHECK(metric->value() == Catch::Approx(golden["value"].get<double>()));
  }
}

TEST_CASE("50 steps of optimizers, with any schedule, lead to PyTorch's weights", "[pytorch][registry]") {
  check_covered<Optimizer>(configs_of("optimizers"));
  std::vector<Json> schedules;
  for (const Json& config : configs_of("optimizers")) {
    if (config.contains("schedule")) schedules.push_back(config["schedule"]);
  }
  check_covered<Schedule>(schedules);
  for (const Json& golden : pytorch()["optimizers"]) {
    INFO(golden["config"]);
    Parameters weights;
    for (const Json& start : pytorch()["weights"]) {
      weights.push_back(std::make_shared<Parameter>("weight " + std::to_string(weights.size())));
      weights.back()->resize(tensor_of(start).shape());
    }
    set_values(weights, pytorch()["weights"]);
    const auto optimizer = make<Optimizer>(golden["config"], weights);
    for (const Json& gradients : pytorch()["gradients"]) {
      for (size_t i = 0; i < weights.size(); ++i) weights[i]->grad = tensor_of(gradients[i]);
      optimizer->step();
      const std::string step = std::to_string(optimizer->steps_done());
      INFO("after step " << step);
      if (golden["after"].contains(step)) check_values(weights, golden["after"][step]);
    }
  }
}

TEST_CASE("initializers draw from PyTorch's distributions", "[pytorch][registry]") {
  check_covered<Initializer>(configs_of("initializers"));
  for (const Json& golden : pytorch()["initializers"]) {
    INFO(golden["config"] << " for " << golden["shape"]);
    Tensor w(Shape(golden["shape"].get<std::vector<Index>>()));
    Rng rng(1);
    make<Initializer>(golden["config"])->fill(w, Fans::of(w.shape()), rng);
    const auto numbers = w.array().cast<double>();
    const double mean = numbers.mean();
    const double std = golden["roots"]["2"];
    CHECK(mean == Catch::Approx(golden["mean"].get<double>()).margin(0.03 * std));
    // The standard deviation, and how far out the numbers lie: normal ones have a larger fourth root than uniform ones.
    for (const int power : {2, 4}) {
      const double root = std::pow((numbers - mean).pow(power).mean(), 1. / power);
      CHECK(root == Catch::Approx(golden["roots"][std::to_string(power)].get<double>()).epsilon(0.02).margin(1e-6));
    }
    if (golden["range"].is_null()) continue;
    CHECK(numbers.minCoeff() == Catch::Approx(golden["range"][0].get<double>()).margin(1e-3 * std));
    CHECK(numbers.maxCoeff() == Catch::Approx(golden["range"][1].get<double>()).margin(1e-3 * std));
  }
}

TEST_CASE("Orthogonal's shorter side is orthonormal, times gain, as PyTorch's", "[pytorch]") {
  for (const Shape& shape : {Shape{20, 30}, Shape{30, 20}, Shape{7, 2, 2, 3}}) {
    INFO(std::string(shape));
    Tensor w(shape);
    Rng rng(1);
    Orthogonal({.gain = 1.5}).fill(w, Fans::of(shape), rng);
    const MatrixView wide = w.rows() < w.cols() ? MatrixView(w) : MatrixView(w).transposed();
    Tensor product({wide.rows, wide.rows});
    multiply(wide, wide.transposed(), product);
    // W Wᵀ = gain² I
    for (Index i = 0; i < wide.rows; ++i) product[i * (wide.rows + 1)] -= 2.25;
    CHECK(product.array().abs().maxCoeff() < 1e-5);
  }
}
