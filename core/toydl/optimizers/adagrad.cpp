#include <toydl/optimizers/adagrad.h>
#include <toydl/optimizers/rules.h>

namespace toydl {

Adagrad::Adagrad(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), square_sum_(zeros()) {
  check_options(*this);
}

void Adagrad::update() {
  const auto epsilon = static_cast<Scalar>(options_.epsilon);
  for (size_t i = 0; i < parameters().size(); ++i) {
    Parameter& parameter = *parameters()[i];
    auto v = square_sum_[i].array();
    // v ← v + g²
    v += gradient(parameter).square();
    // w ← w - η g / (√v + ε)
    parameter.value.array() -= rate() * gradient(parameter) / (v.sqrt() + epsilon);
  }
}

Descriptor<Optimizer> Adagrad::descriptor() {
  return describe_as<Optimizer, Adagrad>(
      "Adagrad", "Divides each step by the root of the sum of all squared gradients so far.",
      with_rules<Options>({option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-16})}));
}

}  // namespace toydl
