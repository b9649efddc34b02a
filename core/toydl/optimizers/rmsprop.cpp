#include <toydl/optimizers/rmsprop.h>
#include <toydl/optimizers/rules.h>
#include <toydl/state.h>

#include <cmath>

namespace toydl {

RMSprop::RMSprop(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), square_(zeros()) {
  check_options(*this);
}

void RMSprop::update() {
  const auto rho = static_cast<Scalar>(options_.rho), new_part = static_cast<Scalar>(1 - options_.rho);
  const auto epsilon = static_cast<Scalar>(options_.epsilon), rate = static_cast<Scalar>(this->rate());
  const auto formula = [=](Scalar& w, Scalar g, Scalar& v) {
    // v ← ρ v + (1 - ρ) g²
    v = rho * v + new_part * (g * g);
    // w ← w - η g / (√v + ε)
    w -= rate * g / (std::sqrt(v) + epsilon);
  };
  for_each_weight(formula, square_);
}

void RMSprop::visit_state(StateVisitor& state) {
  Optimizer::visit_state(state);
  state.for_each_parameter("square", parameters(), square_);
}

Descriptor<Optimizer> RMSprop::descriptor() {
  return describe_as<Optimizer, RMSprop>(
      "RMSprop", "Divides each step by the root of the mean square of recent gradients.",
      with_rules<Options>(
          {option("rho", &Options::rho, "ρ, how much of the mean square stays.", {.min = 0, .max = 0.999999}),
           option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-16, .max = 1e6})}));
}

}  // namespace toydl
