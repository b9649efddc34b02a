#include <toydl/descriptor.h>
#include <toydl/optimizers/sgd.h>

namespace toydl {

SGD::SGD(Parameters parameters, Options options) : Optimizer(std::move(parameters), options.learning_rate) {}

void SGD::update() {
  const auto rate = static_cast<Scalar>(learning_rate());
  for (const auto& parameter : parameters()) {
    // w ← w - η dw
    parameter->value.array() -= rate * parameter->grad.array();
  }
}

Descriptor<Optimizer> SGD::descriptor() {
  return describe_as<Optimizer, SGD>(
      "SGD", "Stochastic gradient descent: w ← w - η dw.",
      {
          option("learning_rate", &Options::learning_rate, "η, the size of a step.", {.min = 0}),
      });
}

}  // namespace toydl
