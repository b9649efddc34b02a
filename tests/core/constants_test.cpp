#include "random_tensor.h"
#include "throws.h"

#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <cmath>
#include <limits>

using namespace toydl;

// What follows from options is computed in double and rounded once: 1 - 0.99999 has few digits left in float.

namespace {

/// What one step makes of a weight of 0 with gradient 1.
double first_step(const Json& config) {
  const auto weight = std::make_shared<Parameter>("weight");
  weight->resize({1});
  weight->grad.fill(1);
  make<Optimizer>(config, Parameters{weight})->step();
  return weight->value[0];
}

}  // namespace

TEST_CASE("Adam's first step is as long as its learning rate, whatever β₁ and β₂", "[constants]") {
  for (const char* type : {"Adam", "AdamW"}) {
    for (const double beta1 : {0.0, 0.9, 0.999, 0.999999}) {
      for (const double beta2 : {0.0, 0.999, 0.99999, 0.999999}) {
        INFO(type << " with " << beta1 << " and " << beta2);
        const double step =
            first_step({{"type", type}, {"learning_rate", 1}, {"beta1", beta1}, {"beta2", beta2}, {"epsilon", 1e-16}});
        CHECK(step == Catch::Approx(-1).epsilon(3e-7));
      }
    }
  }
}

TEST_CASE("RMSprop's first step is right for ρ near 1", "[constants]") {
  for (const double rho : {0.9, 0.99999, 0.999999}) {
    INFO(rho);
    const double step = first_step({{"type", "RMSprop"}, {"learning_rate", 1}, {"rho", rho}, {"epsilon", 1e-16}});
    CHECK(step == Catch::Approx(-1 / std::sqrt(1 - rho)).epsilon(3e-7));
  }
}

TEST_CASE("AdamW draws weights to 0 by a factor that is rounded once", "[constants]") {
  const auto weight = std::make_shared<Parameter>("weight");
  weight->resize({1});
  weight->value.fill(1);
  AdamW({weight}, {.learning_rate = 1e-3, .weight_decay = 0.3}).step();
  CHECK(weight->value[0] == static_cast<Scalar>(1 - 1e-3 * 0.3));
}

TEST_CASE("Dropout divides by what is kept, rounded once", "[constants]") {
  for (const double rate : {0.1, 0.3, 0.9, 0.99}) {
    Dropout dropout(rate);
    Rng rng(1), drawn(2);
    Tensor x(dropout.build({100}, rng).batch(50)), y(x.shape());
    x.fill(1);
    dropout.forward(x, y, {Mode::training, drawn});
    CHECK(y.array().maxCoeff() == static_cast<Scalar>(1 / (1 - rate)));
  }
}

TEST_CASE("BatchNorm's running means keep what their momentum says", "[constants]") {
  for (const double momentum : {0.001, 0.1, 0.3}) {
    BatchNorm layer({.momentum = momentum});
    Rng rng(1);
    layer.build({1}, rng);
    layer.buffers()[0]->value.fill(1);
    layer.buffers()[1]->value.fill(0);
    const Tensor x({3, 1}, {-1, 0, 1});
    Tensor y(x.shape());
    layer.forward(x, y, {Mode::training, rng});
    CHECK(layer.buffers()[0]->value[0] == static_cast<Scalar>(1 - momentum));
    // σ² is 2 / 3, and 1 by n / (n - 1).
    CHECK(layer.buffers()[1]->value[0] == Catch::Approx(momentum).epsilon(2e-7));
  }
}

TEST_CASE("Uniform draws from low to high as they are given", "[constants]") {
  Tensor w({1000});
  Rng a(1), b(1);
  Uniform({.low = 0.1, .high = 0.3}).fill(w, Fans{1, 1}, a);
  for (Index i = 0; i < w.size(); ++i) {
    CHECK(w[i] == static_cast<Scalar>(0.1 + (0.3 - 0.1) * static_cast<double>(b.next() >> 8) * 0x1p-24));
  }
}

TEST_CASE("numbers that no run can mean are refused, with the reason", "[constants][registry]") {
  const auto weight = std::make_shared<Parameter>("weight");
  weight->resize({1});
  for (const auto& optimizer : registry<Optimizer>()) {
    INFO(optimizer.name);
    const auto with_rate = [&](double rate) { return optimizer.create({{"learning_rate", rate}}, {weight}); };
    CHECK(with_rate(1e-30)->learning_rate() == 1e-30);
    CHECK(with_rate(1e6)->learning_rate() == 1e6);
    CHECK_FAILS(with_rate(1.1e6), option, "learning_rate must be a number from 0 to 1000000, it is 1100000.0");
    CHECK_FAILS(with_rate(1e-40), option, "a number that a float can hold");
    CHECK_FAILS(with_rate(0), option, "at least 1.2e-38");
    CHECK_FAILS(with_rate(1)->set_learning_rate(1e30), option, "beyond which no training stays finite; it is 1e+30");
  }
  // Every number that is an option of anything: what no float holds is refused, or out of its range.
  const auto check_all = [](const auto& descriptors, const auto& create) {
    for (const auto& descriptor : descriptors) {
      for (const auto& option : descriptor.options) {
        if (option.type->kind != "number") continue;
        for (const double number : {1e39, -1e39, 1e-39, std::numeric_limits<double>::infinity(), std::nan("")}) {
          INFO(descriptor.name << ", " << option.name << " " << number);
          CHECK_FAILS(create(descriptor, Json{{option.name, number}}), option, option.name);
        }
      }
    }
  };
  const auto create = [](const auto& descriptor, const Json& json) { return descriptor.create(json); };
  check_all(registry<Layer>(), create);
  check_all(registry<Loss>(), create);
  check_all(registry<Metric>(), create);
  check_all(registry<Schedule>(), create);
  check_all(registry<Initializer>(), create);
  check_all(registry<Optimizer>(),
            [&](const auto& descriptor, const Json& json) { return descriptor.create(json, {weight}); });
  for (const double scale : {0., -1., 1e-40, 1e7}) {
    INFO(scale);
    CHECK_FAILS(Dataset(ByteDatasetOptions{.sample = Shape{1}, .size = 1, .classes = 2, .scale = scale}), option,
                "scale must be a positive number");
  }
}
