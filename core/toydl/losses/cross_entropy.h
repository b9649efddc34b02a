#pragma once

#include <toydl/loss.h>

#include <vector>

namespace toydl {

/// How surprised one is by the true class c, on average: the loss for probabilities.
///
///     loss = mean over the batch of -log p_c
///     dp_c = -1 / (batch p_c), all others 0
///
/// prediction p [batch, classes], each row probabilities; target [batch] class indices, or [batch, classes] one-hot.
/// Also [batch, time, classes] with [batch, time] labels; the mean is then over all of them.
/// A probability below 1e-7 counts as 1e-7, so that loss and gradient stay finite. After a Softmax, `fit` computes
/// both at once (SoftmaxCrossEntropy), where nothing of the kind can happen.
class CrossEntropy : public Loss {
 public:
  std::string_view type() const override { return "CrossEntropy"; }
  Scalar forward(const Tensor& prediction, const Tensor& target) override;
  const Tensor& backward() override;
  std::shared_ptr<Loss> fused_with(const Layer& last) const override;

  static Descriptor<Loss> descriptor();

 private:
  Tensor true_probability_;  // [batch], of the class that is true
  std::vector<Index> true_class_;
  Tensor d_prediction_;
};

}  // namespace toydl
