#include <toydl/optimizers/adagrad.h>
#include <toydl/optimizers/rules.h>
#include <toydl/state.h>

#include <cmath>

namespace toydl {

Adagrad::Adagrad(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), square_sum_(zeros()) {
  check_options(*this);
}

void Adagrad::update() {
  const auto epsilon = static_cast<Scalar>(options_.epsilon), rate = static_cast<Scalar>(this->rate());
  const auto formula = [=](Scalar& w, Scalar g, Scalar& v) {
    // v ← v + g²
    v += g * g;
    // w ← w - η g / (√v + ε)
    w -= rate * g / (std::sqrt(v) + epsilon);
  };
  for_each_weight(formula, square_sum_);
}

void Adagrad::visit_state(StateVisitor& state) {
  Optimizer::visit_state(state);
  state.for_each_parameter("square_sum", parameters(), square_sum_);
}

Descriptor<Optimizer> Adagrad::descriptor() {
  return describe_as<Optimizer, Adagrad>(
      "Adagrad", "Divides each step by the root of the sum of all squared gradients so far.",
      with_rules<Options>(
          {option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-16, .max = 1e6})}));
}

}  // namespace toydl
