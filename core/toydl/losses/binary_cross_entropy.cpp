#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/losses/binary_cross_entropy.h>
#include <toydl/math.h>
#include <toydl/sum.h>
#include <toydl/targets.h>

namespace toydl {

Scalar BinaryCrossEntropy::forward(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  d_prediction_.resize(prediction.shape());
  const auto n = static_cast<Scalar>(prediction.size());
  const Scalar total = sum(prediction.size(), [&](Index i) {
    const Scalar x = prediction[i], t = target[i];
    if (!(t >= 0 && t <= 1)) {
      throw Error(ErrorCode::label, concat("target ", t, " of sample ", i / prediction.cols(),
                                           " is no probability: it must be from 0, no, to 1, yes"));
    }
    // dx = (σ(x) - t) / n
    d_prediction_[i] = (sigmoid(x) - t) / n;
    return (x < 0 ? 0 : x) - t * x + log(1 + exp(-std::abs(x)));
  });
  // loss = mean of max(x, 0) - t x + log(1 + e^-|x|)
  return total / n;
}

const Tensor& BinaryCrossEntropy::backward() {
  require_forward(d_prediction_.size() > 0);
  return d_prediction_;
}

Descriptor<Loss> BinaryCrossEntropy::descriptor() {
  return describe_as<Loss, BinaryCrossEntropy>("BinaryCrossEntropy", "Cross-entropy of yes-or-no answers, on logits.");
}

}  // namespace toydl
