#include <toydl/optimizers/momentum.h>
#include <toydl/optimizers/rules.h>
#include <toydl/state.h>

namespace toydl {

Momentum::Momentum(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), velocity_(zeros()) {
  check_options(*this);
}

void Momentum::update() {
  const auto momentum = static_cast<Scalar>(options_.momentum), rate = static_cast<Scalar>(this->rate());
  if (options_.nesterov) {
    const auto formula = [=](Scalar& w, Scalar g, Scalar& v) {
      // v ← μ v + g
      v = momentum * v + g;
      // w ← w - η (g + μ v)
      w -= rate * (g + momentum * v);
    };
    for_each_weight(formula, velocity_);
  } else {
    const auto formula = [=](Scalar& w, Scalar g, Scalar& v) {
      // v ← μ v + g
      v = momentum * v + g;
      // w ← w - η v
      w -= rate * v;
    };
    for_each_weight(formula, velocity_);
  }
}

void Momentum::visit_state(StateVisitor& state) {
  Optimizer::visit_state(state);
  state.for_each_parameter("velocity", parameters(), velocity_);
}

Descriptor<Optimizer> Momentum::descriptor() {
  return describe_as<Optimizer, Momentum>(
      "Momentum", "Gradient descent with a velocity: v ← μ v + g, w ← w - η v.",
      with_rules<Options>(
          {option("momentum", &Options::momentum, "μ, how much of the velocity stays.", {.min = 0, .max = 1}),
           option("nesterov", &Options::nesterov, "Whether to look ahead: w ← w - η (g + μ v).")}));
}

}  // namespace toydl
