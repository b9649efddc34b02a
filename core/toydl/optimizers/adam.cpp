#include <toydl/optimizers/adam.h>
#include <toydl/optimizers/rules.h>
#include <toydl/state.h>

#include <cmath>

namespace toydl {

Adam::Adam(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), mean_(zeros()), square_(zeros()) {
  check_options(*this);
}

void Adam::update() {
  const auto beta1 = static_cast<Scalar>(options_.beta1), new1 = static_cast<Scalar>(1 - options_.beta1);
  const auto beta2 = static_cast<Scalar>(options_.beta2), new2 = static_cast<Scalar>(1 - options_.beta2);
  beta1_power_ *= options_.beta1;
  beta2_power_ *= options_.beta2;
  // η m̂ / (√v̂ + ε), with the corrections of m and v taken out of the arrays
  const auto step = static_cast<Scalar>(rate() / (1 - beta1_power_));
  const auto root = static_cast<Scalar>(1 / std::sqrt(1 - beta2_power_));
  const auto epsilon = static_cast<Scalar>(options_.epsilon);
  const auto formula = [=](Scalar& w, Scalar g, Scalar& m, Scalar& v) {
    // m ← β₁ m + (1 - β₁) g
    m = beta1 * m + new1 * g;
    // v ← β₂ v + (1 - β₂) g²
    v = beta2 * v + new2 * (g * g);
    // w ← w - η m̂ / (√v̂ + ε)
    w -= step * m / (root * std::sqrt(v) + epsilon);
  };
  for_each_weight(formula, mean_, square_);
}

void Adam::visit_state(StateVisitor& state) {
  Optimizer::visit_state(state);
  state.for_each_parameter("mean", parameters(), mean_);
  state.for_each_parameter("square", parameters(), square_);
  const auto is_power = [](double power) { return power >= 0 && power <= 1; };
  state.number("beta1_power", beta1_power_, is_power);
  state.number("beta2_power", beta2_power_, is_power);
}

Descriptor<Optimizer> Adam::descriptor() {
  return describe_as<Optimizer, Adam>(
      "Adam", "Momentum, with a step of its own size for every weight.",
      with_rules<Options>(
          {option("beta1", &Options::beta1, "β₁, how much of the mean gradient stays.", {.min = 0, .max = 0.999999}),
           option("beta2", &Options::beta2, "β₂, how much of the mean square stays.", {.min = 0, .max = 0.999999}),
           option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-16, .max = 1e6})}));
}

}  // namespace toydl
