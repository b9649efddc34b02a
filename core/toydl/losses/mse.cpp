#include <toydl/descriptor.h>
#include <toydl/losses/mse.h>
#include <toydl/targets.h>

namespace toydl {

Scalar MSE::forward(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  d_prediction_.resize(prediction.shape());
  const auto n = static_cast<Scalar>(prediction.size());
  Scalar sum = 0;
  for (Index i = 0; i < prediction.size(); ++i) {
    const Scalar error = prediction[i] - target[i];
    // loss = mean of (p - t)²
    sum += error * error;
    // dp = 2 (p - t) / n
    d_prediction_[i] = 2 * error / n;
  }
  return sum / n;
}

const Tensor& MSE::backward() {
  require_forward(d_prediction_.size() > 0);
  return d_prediction_;
}

Descriptor<Loss> MSE::descriptor() {
  return describe_as<Loss, MSE>("MSE", "The mean squared error, for predictions that are numbers.");
}

}  // namespace toydl
