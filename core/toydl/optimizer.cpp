#include <toydl/error.h>
#include <toydl/optimizer.h>
#include <toydl/state.h>

#include <cmath>
#include <limits>

namespace toydl {

Optimizer::Optimizer(Parameters parameters, double learning_rate, OptimizerRules rules)
    : parameters_(std::move(parameters)), rules_(std::move(rules)), decay_(static_cast<Scalar>(rules_.weight_decay)) {
  set_learning_rate(learning_rate);
  for (const auto& parameter : parameters_) {
    if (parameter->value.size() > 0) continue;
    throw Error(ErrorCode::state, concat("the parameter ", parameter->name,
                                         " has no values yet: make the model first, and give it its input_shape or run "
                                         "a batch through it, so that it builds its layers"));
  }
}

void Optimizer::step() {
  rate_ = learning_rate_ * rules_.schedule->factor(steps_done_);
  clip_ = clip_factor();
  update();
  ++steps_done_;
  for (const auto& parameter : parameters_) parameter->grad_used = true;
}

Scalar Optimizer::clip_factor() const {
  if (rules_.clip_norm == 0) return 1;
  double square = 0;
  for (const auto& parameter : parameters_) {
    for (const double d : parameter->grad.values()) square += d * d;
  }
  const double norm = std::sqrt(square);
  return norm > rules_.clip_norm ? static_cast<Scalar>(rules_.clip_norm / norm) : Scalar(1);
}

void Optimizer::zero_grad() {
  for (const auto& parameter : parameters_) parameter->grad.fill(0);
}

bool Optimizer::is_learning_rate(double value) {
  return value >= std::numeric_limits<float>::min() && value <= largest_learning_rate;
}

void Optimizer::set_learning_rate(double value) {
  if (!is_learning_rate(value)) {
    throw Error(ErrorCode::option,
                concat("learning_rate must be a positive number, at least 1.2e-38, the smallest float, and at most ",
                       largest_learning_rate, ", beyond which no training stays finite; it is ", value));
  }
  learning_rate_ = value;
}

void Optimizer::visit_state(StateVisitor& state) {
  state.number("learning_rate", learning_rate_, is_learning_rate);
  state.integer("steps_done", steps_done_);
}

std::vector<Tensor> Optimizer::zeros() const {
  std::vector<Tensor> tensors;
  for (const auto& parameter : parameters_) tensors.emplace_back(parameter->value.shape());
  return tensors;
}

}  // namespace toydl
