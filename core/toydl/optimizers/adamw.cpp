#include <toydl/optimizers/adamw.h>
#include <toydl/optimizers/rules.h>

namespace toydl {

AdamW::AdamW(Parameters parameters, Options options)
    : Adam(std::move(parameters), {.learning_rate = options.learning_rate,
                                   .beta1 = options.beta1,
                                   .beta2 = options.beta2,
                                   .epsilon = options.epsilon,
                                   .clip_norm = options.clip_norm,
                                   .schedule = options.schedule}),
      options_(std::move(options)) {
  check_options(*this);
}

void AdamW::update() {
  // w ← w - η λ w
  const auto kept = static_cast<Scalar>(1 - rate() * options_.weight_decay);
  for (const auto& parameter : parameters()) parameter->value.array() *= kept;
  Adam::update();
}

AdamW::Options AdamW::options() const {
  Options now = options_;
  now.learning_rate = learning_rate();
  return now;
}

Descriptor<Optimizer> AdamW::descriptor() {
  return describe_as<Optimizer, AdamW>(
      "AdamW", "Adam with a weight decay that does not go through the gradient.",
      with_rules<Options>(
          {option("beta1", &Options::beta1, "β₁, how much of the mean gradient stays.", {.min = 0, .max = 0.999999}),
           option("beta2", &Options::beta2, "β₂, how much of the mean square stays.", {.min = 0, .max = 0.999999}),
           option("epsilon", &Options::epsilon, "ε, against division by zero.", {.min = 1e-16, .max = 1e6})}));
}

}  // namespace toydl
