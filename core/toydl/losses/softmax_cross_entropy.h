#pragma once

#include <toydl/loss.h>
#include <toydl/losses/smooth_labels.h>

namespace toydl {

/// Softmax and cross-entropy in one, on logits x: more accurate than one after the other, and its gradient is simple.
///
///     p    = softmax(x)
///     loss = mean over the batch of Σ t_c (log Σⱼ exp(xⱼ - max x) - (x_c - max x))        which is -Σ t_c log p_c
///     dx   = (p Σ t - t) / n                                                               n rows that count; Σ t is 1
///
/// prediction x [batch, classes], any numbers; targets t and options as CrossEntropy has them.
class SoftmaxCrossEntropy : public Loss, public FusedLoss {
 public:
  using Options = CrossEntropyOptions;

  /// @throws Error(option) for one that is out of its range
  explicit SoftmaxCrossEntropy(Options options = {});

  std::string_view type() const override { return "SoftmaxCrossEntropy"; }
  Scalar forward(const Tensor& x, const Tensor& target) override;
  /// With p as a Softmax made it: then only what is new is computed.
  Scalar forward(const Tensor& x, const Tensor& p, const Tensor& target) override;
  /// With respect to x, however it began.
  const Tensor& backward() override;

  const Options& options() const { return options_; }

  static Descriptor<Loss> descriptor();

 private:
  Options options_;
  Tensor p_;
  Tensor t_;  // of one row
  Tensor dx_;
};

}  // namespace toydl
