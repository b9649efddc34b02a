#pragma once

#include <toydl/loss.h>

namespace toydl {

/// The loss for answers that are yes or no, each by itself, on logits x: the answer is yes with probability σ(x).
///
///     loss = mean of -t log σ(x) - (1 - t) log(1 - σ(x)) = mean of max(x, 0) - t x + log(1 + e^-|x|)
///     dx   = (σ(x) - t) / n        n numbers in all; σ(x) = 1 / (1 + e^-x)
///
/// The second form never takes the logarithm of 0. prediction x [batch, …], any numbers, so no Sigmoid before it; target t,
/// from 0 (no) to 1 (yes), of the same shape, or [batch] for a prediction of [batch, 1]. Goodfellow et al., Deep Learning,
/// 2016, section 6.2.2.2.
class BinaryCrossEntropy : public Loss {
 public:
  std::string_view type() const override { return "BinaryCrossEntropy"; }
  Scalar forward(const Tensor& prediction, const Tensor& target) override;
  const Tensor& backward() override;

  static Descriptor<Loss> descriptor();

 private:
  Tensor d_prediction_;
};

}  // namespace toydl
