#include <toydl/descriptor.h>
#include <toydl/labels.h>
#include <toydl/layers/softmax.h>
#include <toydl/losses/cross_entropy.h>
#include <toydl/losses/softmax_cross_entropy.h>
#include <toydl/math.h>

#include <algorithm>

namespace toydl {

Scalar CrossEntropy::forward(const Tensor& prediction, const Tensor& target) {
  const ClassLabels labels(prediction, target);
  const Index batch = labels.rows();
  d_prediction_.resize(prediction.shape());
  true_probability_.resize({batch});
  true_class_.resize(static_cast<size_t>(batch));
  Scalar sum = 0;
  for (Index i = 0; i < batch; ++i) {
    const Index c = true_class_[static_cast<size_t>(i)] = labels.class_of(i);
    // The order of the arguments lets NaN through, so that trouble is not hidden.
    true_probability_[i] = std::max(prediction.last_dimension()(i, c), Scalar(1e-7));
    // loss = mean of -log p_c
    sum += -log(true_probability_[i]);
  }
  return sum / static_cast<Scalar>(batch);
}

const Tensor& CrossEntropy::backward() {
  require_forward(!true_class_.empty());
  const Index batch = true_probability_.size();
  d_prediction_.fill(0);
  for (Index i = 0; i < batch; ++i) {
    // dp_c = -1 / (batch p_c)
    d_prediction_.last_dimension()(i, true_class_[static_cast<size_t>(i)]) =
        Scalar(-1) / (static_cast<Scalar>(batch) * true_probability_[i]);
  }
  return d_prediction_;
}

std::shared_ptr<Loss> CrossEntropy::fused_with(const Layer& last) const {
  return dynamic_cast<const Softmax*>(&last) != nullptr ? std::make_shared<SoftmaxCrossEntropy>() : nullptr;
}

Descriptor<Loss> CrossEntropy::descriptor() {
  return describe_as<Loss, CrossEntropy>("CrossEntropy", "-log of the probability given to the true class.");
}

}  // namespace toydl
