#include <toydl/optimizers/rules.h>
#include <toydl/optimizers/sgd.h>

namespace toydl {

SGD::SGD(Parameters parameters, Options options)
    : Optimizer(std::move(parameters), options.learning_rate, rules_of(options)), options_(std::move(options)) {
  check_options(*this);
}

void SGD::update() {
  // w ← w - η g
  for (const auto& parameter : parameters()) parameter->value.array() -= rate() * gradient(*parameter);
}

SGD::Options SGD::options() const {
  Options now = options_;
  now.learning_rate = learning_rate();
  return now;
}

Descriptor<Optimizer> SGD::descriptor() {
  return describe_as<Optimizer, SGD>("SGD", "Stochastic gradient descent: w ← w - η g.", with_rules<Options>({}));
}

}  // namespace toydl
