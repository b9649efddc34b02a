#include <toydl/descriptor.h>
#include <toydl/labels.h>
#include <toydl/losses/softmax_cross_entropy.h>
#include <toydl/math.h>

namespace toydl {

Scalar SoftmaxCrossEntropy::forward(const Tensor& prediction, const Tensor& target) {
  const ClassLabels labels(prediction, target);
  const Index batch = labels.rows();
  probabilities_.resize(prediction.shape());
  d_prediction_.resize(prediction.shape());
  true_class_.resize(static_cast<size_t>(batch));
  const auto x = prediction.last_dimension();
  auto p = probabilities_.last_dimension();
  Scalar sum = 0;
  for (Index i = 0; i < batch; ++i) {
    const Index c = true_class_[static_cast<size_t>(i)] = labels.class_of(i);
    const Scalar largest = x.row(i).maxCoeff();
    Scalar total = 0;
    for (Index j = 0; j < x.cols(); ++j) {
      p(i, j) = exp(x(i, j) - largest);
      total += p(i, j);
    }
    // p = softmax(x)
    for (Index j = 0; j < x.cols(); ++j) p(i, j) /= total;
    // loss = mean of log Σⱼ exp(xⱼ - max x) - (x_c - max x)
    sum += log(total) - (x(i, c) - largest);
  }
  return sum / static_cast<Scalar>(batch);
}

const Tensor& SoftmaxCrossEntropy::backward() {
  require_forward(!true_class_.empty());
  const auto batch = static_cast<Index>(true_class_.size());
  // dx = (p - one_hot(c)) / batch
  d_prediction_.array() = probabilities_.array();
  for (Index i = 0; i < batch; ++i) d_prediction_.last_dimension()(i, true_class_[static_cast<size_t>(i)]) -= 1;
  d_prediction_.array() /= static_cast<Scalar>(batch);
  return d_prediction_;
}

Descriptor<Loss> SoftmaxCrossEntropy::descriptor() {
  return describe_as<Loss, SoftmaxCrossEntropy>(
      "SoftmaxCrossEntropy", "Softmax and cross-entropy in one, on logits instead of probabilities.");
}

}  // namespace toydl
