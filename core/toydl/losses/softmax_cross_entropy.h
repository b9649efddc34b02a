#pragma once

#include <toydl/loss.h>

#include <vector>

namespace toydl {

/// Softmax and cross-entropy in one, on logits x: more accurate than one after the other, and its gradient is simple.
///
///     p    = softmax(x)
///     loss = mean over the batch of log Σⱼ exp(xⱼ - max x) - (x_c - max x)        which is -log p_c
///     dx   = (p - one_hot(c)) / batch
///
/// prediction x [batch, classes], any numbers; target [batch] class indices c, or [batch, classes] one-hot.
/// Also [batch, time, classes] with [batch, time] labels; the mean is then over all of them.
class SoftmaxCrossEntropy : public Loss {
 public:
  std::string_view type() const override { return "SoftmaxCrossEntropy"; }
  Scalar forward(const Tensor& prediction, const Tensor& target) override;
  const Tensor& backward() override;

  static Descriptor<Loss> descriptor();

 private:
  Tensor probabilities_;
  std::vector<Index> true_class_;
  Tensor d_prediction_;
};

}  // namespace toydl
