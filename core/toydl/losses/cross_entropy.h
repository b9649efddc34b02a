#pragma once

#include <toydl/loss.h>
#include <toydl/losses/smooth_labels.h>

namespace toydl {

/// How surprised one is by the true class, on average: the loss for probabilities.
///
///     loss = mean over the batch of -Σ t_c log p_c        for a class index c this is -log p_c
///     dp_c = -t_c / (n p_c)                               n rows that count
///
/// prediction p [batch, classes], each row probabilities; target [batch] class indices, which stand for t = 1 at the class and 0
/// elsewhere, or t itself [batch, classes]: one-hot, or a probability for each class. Also [batch, time, classes] with
/// [batch, time] labels; the mean is then over all of them.
///
/// `label_smoothing` ε makes t less certain: t ← (1 - ε) t + ε / classes. Rows whose label is `ignore_index` do not count.
/// A probability below the least of Softmax counts as that, so that loss and gradient stay finite. After a Softmax, `fit` computes
/// both at once (SoftmaxCrossEntropy).
///
/// C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016, section 7 (label smoothing).
class CrossEntropy : public Loss {
 public:
  using Options = CrossEntropyOptions;

  /// @throws Error(option) for one that is out of its range
  explicit CrossEntropy(Options options = {});

  std::string_view type() const override { return "CrossEntropy"; }
  /// @throws Error(option) for a prediction that is no probabilities; NaN passes, and makes the loss NaN
  Scalar forward(const Tensor& prediction, const Tensor& target) override;
  const Tensor& backward() override;
  std::shared_ptr<FusedLoss> fused_with(const Layer& last) const override;

  const Options& options() const { return options_; }

  static Descriptor<Loss> descriptor();

 private:
  Options options_;
  Tensor t_;  // of one row
  Tensor d_prediction_;
};

}  // namespace toydl
