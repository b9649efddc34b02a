#include <toydl/optimizers/rmsprop.h>
#include <toydl/optimizers/rules.h>

namespace toydl {

RMSprop::RMSprop(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), square_(zeros()) {
  check_options(*this);
}

void RMSprop::update() {
  const auto rho = static_cast<Scalar>(options_.rho), epsilon = static_cast<Scalar>(options_.epsilon);
  for (size_t i = 0; i < parameters().size(); ++i) {
    Parameter& parameter = *parameters()[i];
    auto v = square_[i].array();
    // v ← ρ v + (1 - ρ) g²
    v = rho * v + (1 - rho) * gradient(parameter).square();
    // w ← w - η g / (√v + ε)
    parameter.value.array() -= rate() * gradient(parameter) / (v.sqrt() + epsilon);
  }
}

Descriptor<Optimizer> RMSprop::descriptor() {
  return describe_as<Optimizer, RMSprop>(
      "RMSprop", "Divides each step by the root of the mean square of recent gradients.",
      with_rules<Options>(
          {option("rho", &Options::rho, "ρ, how much of the mean square stays.", {.min = 0, .max = 0.999999}),
           option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-16})}));
}

}  // namespace toydl
