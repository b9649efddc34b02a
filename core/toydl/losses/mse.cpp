#include <toydl/descriptor.h>
#include <toydl/losses/mse.h>
#include <toydl/sum.h>
#include <toydl/targets.h>

namespace toydl {

Scalar MSE::forward(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  d_prediction_.resize(prediction.shape());
  const auto n = static_cast<Scalar>(prediction.size());
  const Scalar total = sum(prediction.size(), [&](Index i) {
    const Scalar error = prediction[i] - target[i];
    // dp = 2 (p - t) / n
    d_prediction_[i] = 2 * error / n;
    return error * error;
  });
  // loss = mean of (p - t)²
  return total / n;
}

const Tensor& MSE::backward() {
  require_forward(d_prediction_.size() > 0);
  return d_prediction_;
}

Descriptor<Loss> MSE::descriptor() {
  return describe_as<Loss, MSE>("MSE", "The mean squared error, for predictions that are numbers.");
}

}  // namespace toydl
