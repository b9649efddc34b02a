#pragma once

#include <toydl/metric.h>

namespace toydl {

/// How often each class is taken for each other one. Its `value` is the share on the diagonal: the accuracy.
///
///     counts[t, p] = samples of class t that were taken for class p
///     precision[c] = counts[c, c] / Σₜ counts[t, c]        how often "it is a c" is right
///     recall[c]    = counts[c, c] / Σₚ counts[c, p]        how many of the c are found
///
/// A class that was never predicted, or never there, has 0. prediction [batch, classes], probabilities or logits; target
/// [batch] class indices, or [batch, classes] one-hot. The first batch since `reset` says how many classes there are.
class ConfusionMatrix : public Metric {
 public:
  std::string_view type() const override { return "ConfusionMatrix"; }
  void reset() override;
  void update(const Tensor& prediction, const Tensor& target) override;
  double value() const override;
  std::vector<std::pair<std::string, Tensor>> details() const override;

  /// [true class, predicted class]
  const Tensor& counts() const { return counts_; }
  /// [classes]
  Tensor precision() const;
  Tensor recall() const;

  static Descriptor<Metric> descriptor();

 private:
  /// counts[c, c] / sums[c] for every class.
  Tensor diagonal_over(const RowMatrix& sums) const;

  Tensor counts_{Shape{0, 0}};
};

}  // namespace toydl
