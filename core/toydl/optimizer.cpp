#include <toydl/error.h>
#include <toydl/optimizer.h>

#include <cmath>

namespace toydl {

Optimizer::Optimizer(Parameters parameters, double learning_rate) : parameters_(std::move(parameters)) {
  set_learning_rate(learning_rate);
}

void Optimizer::step() {
  update();
  for (const auto& parameter : parameters_) parameter->grad_used = true;
}

void Optimizer::zero_grad() {
  for (const auto& parameter : parameters_) parameter->grad.fill(0);
}

void Optimizer::set_learning_rate(double value) {
  const auto rate = static_cast<Scalar>(value);
  if (!(rate > 0) || !std::isfinite(rate)) {
    throw Error(ErrorCode::option,
                concat("learning_rate must be a positive number that a float can hold, it is ", value));
  }
  learning_rate_ = value;
}

}  // namespace toydl
