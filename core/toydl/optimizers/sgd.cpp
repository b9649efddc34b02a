#include <toydl/optimizers/rules.h>
#include <toydl/optimizers/sgd.h>

namespace toydl {

SGD::SGD(Parameters parameters, Options options) : OptimizerWith(std::move(parameters), std::move(options)) {
  check_options(*this);
}

void SGD::update() {
  // w ← w - η g
  for_each_weight([rate = static_cast<Scalar>(rate())](Scalar& w, Scalar g) { w -= rate * g; });
}

Descriptor<Optimizer> SGD::descriptor() {
  return describe_as<Optimizer, SGD>("SGD", "Stochastic gradient descent: w ← w - η g.", with_rules<Options>({}));
}

}  // namespace toydl
