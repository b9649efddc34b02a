#include <toydl/descriptor.h>
#include <toydl/losses/mae.h>
#include <toydl/sum.h>
#include <toydl/targets.h>

namespace toydl {

Scalar MAE::forward(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  d_prediction_.resize(prediction.shape());
  const auto n = static_cast<Scalar>(prediction.size());
  const Scalar total = sum(prediction.size(), [&](Index i) {
    const Scalar error = prediction[i] - target[i];
    // dp = sign(p - t) / n
    d_prediction_[i] = static_cast<Scalar>((error > 0) - (error < 0)) / n;
    return std::abs(error);
  });
  // loss = mean of |p - t|
  return total / n;
}

const Tensor& MAE::backward() {
  require_forward(d_prediction_.size() > 0);
  return d_prediction_;
}

Descriptor<Loss> MAE::descriptor() {
  return describe_as<Loss, MAE>("MAE", "The mean absolute error, for predictions that are numbers.");
}

}  // namespace toydl
