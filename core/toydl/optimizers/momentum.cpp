#include <toydl/optimizers/momentum.h>
#include <toydl/optimizers/rules.h>

namespace toydl {

Momentum::Momentum(Parameters parameters, Options options)
    : OptimizerWith(std::move(parameters), std::move(options)), velocity_(zeros()) {
  check_options(*this);
}

void Momentum::update() {
  const auto momentum = static_cast<Scalar>(options_.momentum);
  for (size_t i = 0; i < parameters().size(); ++i) {
    Parameter& parameter = *parameters()[i];
    auto v = velocity_[i].array();
    // v ← μ v + g
    v = momentum * v + gradient(parameter);
    if (options_.nesterov) {
      // w ← w - η (g + μ v), with g before w changes
      parameter.value.array() -= rate() * (gradient(parameter) + momentum * v);
    } else {
      // w ← w - η v
      parameter.value.array() -= rate() * v;
    }
  }
}

Descriptor<Optimizer> Momentum::descriptor() {
  return describe_as<Optimizer, Momentum>(
      "Momentum", "Gradient descent with a velocity: v ← μ v + g, w ← w - η v.",
      with_rules<Options>(
          {option("momentum", &Options::momentum, "μ, how much of the velocity stays.", {.min = 0, .max = 1}),
           option("nesterov", &Options::nesterov, "Whether to look ahead: w ← w - η (g + μ v).")}));
}

}  // namespace toydl
