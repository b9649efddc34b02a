#include <toydl/descriptor.h>
#include <toydl/losses/mae.h>
#include <toydl/math.h>
#include <toydl/targets.h>

namespace toydl {

Scalar MAE::forward(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  d_prediction_.resize(prediction.shape());
  const auto n = static_cast<Scalar>(prediction.size());
  Scalar sum = 0;
  for (Index i = 0; i < prediction.size(); ++i) {
    const Scalar error = prediction[i] - target[i];
    // loss = mean of |p - t|
    sum += std::abs(error);
    // dp = sign(p - t) / n
    d_prediction_[i] = static_cast<Scalar>((error > 0) - (error < 0)) / n;
  }
  return sum / n;
}

const Tensor& MAE::backward() {
  require_forward(d_prediction_.size() > 0);
  return d_prediction_;
}

Descriptor<Loss> MAE::descriptor() {
  return describe_as<Loss, MAE>("MAE", "The mean absolute error, for predictions that are numbers.");
}

}  // namespace toydl
