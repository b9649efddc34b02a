#include <toydl/descriptor.h>
#include <toydl/layers/softmax.h>
#include <toydl/losses/cross_entropy.h>
#include <toydl/losses/softmax_cross_entropy.h>
#include <toydl/math.h>
#include <toydl/sum.h>

#include <algorithm>
#include <cmath>

namespace toydl {
namespace {

/// NaN is no mistake of the user's: training that diverges ends in it.
void require_predicted_probabilities(const Tensor& prediction, Index row) {
  const Index classes = prediction.shape().back();
  const Scalar* const p = prediction.data() + row * classes;
  const Scalar total = sum(classes, [=](Index c) { return p[c]; });
  if (std::isnan(total) || are_probabilities(p, classes)) return;
  throw Error(ErrorCode::option,
              concat("CrossEntropy takes probabilities, but the numbers of sample ", row, " add up to ", total,
                     ", and the least of them is ", *std::min_element(p, p + classes),
                     ". End the model with a Softmax, or use SoftmaxCrossEntropy, which takes any numbers"));
}

}  // namespace

CrossEntropy::CrossEntropy(Options options) : options_(options) { check_options(*this); }

Scalar CrossEntropy::forward(const Tensor& prediction, const Tensor& target) {
  const SmoothLabels labels(prediction, target, options_);
  d_prediction_.resize(prediction.shape());
  t_.resize({prediction.shape().back()});
  const auto p = prediction.last_dimension();
  auto dp = d_prediction_.last_dimension();
  const Scalar n = labels.counted();
  const Scalar total = sum(labels.rows(), [&](Index row) {
    dp.row(row).setZero();
    if (!labels.counts(row)) return Scalar(0);
    require_predicted_probabilities(prediction, row);
    labels.write(row, t_.data());
    return sum(p.cols(), [&](Index c) {
      // The order of the arguments lets NaN through, so that trouble is not hidden.
      const Scalar likely = std::max(p(row, c), smallest_probability);
      if (t_[c] == 0 && !std::isnan(likely)) return Scalar(0);
      // dp_c = -t_c / (n p_c)
      dp(row, c) = -t_[c] / (n * likely);
      return -t_[c] * log(likely);
    });
  });
  // loss = mean over the batch of -Σ t_c log p_c
  return total / n;
}

const Tensor& CrossEntropy::backward() {
  require_forward(d_prediction_.size() > 0);
  return d_prediction_;
}

std::shared_ptr<FusedLoss> CrossEntropy::fused_with(const Layer& last) const {
  if (dynamic_cast<const Softmax*>(&last) == nullptr) return nullptr;
  return std::make_shared<SoftmaxCrossEntropy>(options_);
}

Descriptor<Loss> CrossEntropy::descriptor() {
  return describe_as<Loss, CrossEntropy>("CrossEntropy", "-log of the probability given to the true class.",
                                         cross_entropy_options());
}

}  // namespace toydl
