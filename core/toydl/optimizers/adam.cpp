#include <toydl/optimizers/adam.h>
#include <toydl/optimizers/rules.h>

#include <cmath>

namespace toydl {

Adam::Adam(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), mean_(zeros()), square_(zeros()) {
  check_options(*this);
}

void Adam::update() {
  const auto beta1 = static_cast<Scalar>(options_.beta1), beta2 = static_cast<Scalar>(options_.beta2);
  beta1_power_ *= options_.beta1;
  beta2_power_ *= options_.beta2;
  // η m̂ / (√v̂ + ε), with the corrections of m and v taken out of the arrays
  const auto step = static_cast<Scalar>(double{rate()} / (1 - beta1_power_));
  const auto root = static_cast<Scalar>(1 / std::sqrt(1 - beta2_power_));
  const auto epsilon = static_cast<Scalar>(options_.epsilon);
  for (size_t i = 0; i < parameters().size(); ++i) {
    Parameter& parameter = *parameters()[i];
    auto m = mean_[i].array(), v = square_[i].array();
    // m ← β₁ m + (1 - β₁) g
    m = beta1 * m + (1 - beta1) * gradient(parameter);
    // v ← β₂ v + (1 - β₂) g²
    v = beta2 * v + (1 - beta2) * gradient(parameter).square();
    // w ← w - η m̂ / (√v̂ + ε)
    parameter.value.array() -= step * m / (root * v.sqrt() + epsilon);
  }
}

Descriptor<Optimizer> Adam::descriptor() {
  return describe_as<Optimizer, Adam>(
      "Adam", "Momentum, with a step of its own size for every weight.",
      with_rules<Options>(
          {option("beta1", &Options::beta1, "β₁, how much of the mean gradient stays.", {.min = 0, .max = 0.999999}),
           option("beta2", &Options::beta2, "β₂, how much of the mean square stays.", {.min = 0, .max = 0.999999}),
           option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-16})}));
}

}  // namespace toydl
