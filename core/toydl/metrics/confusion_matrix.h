#pragma once

#include <toydl/labels.h>
#include <toydl/metric.h>

namespace toydl {

struct ConfusionMatrixOptions {
  Index ignore_index = ignored_label;
};

/// How often each class is taken for each other one. Its `value` is the share on the diagonal: the accuracy.
///
///     counts[t, p] = samples of class t that were taken for class p
///     precision[c] = counts[c, c] / Σₜ counts[t, c]        how often "it is a c" is right
///     recall[c]    = counts[c, c] / Σₚ counts[c, p]        how many of the c are found
///
/// A class that was never predicted, or never there, has 0. A prediction that holds NaN is none: its sample is in no count, and makes
/// the accuracy smaller. prediction [batch, classes], probabilities or logits; target [batch] class indices, or [batch, classes]
/// one-hot or with a probability for each class, of which the largest counts. Samples whose label is `ignore_index` do not count.
/// The first batch since `reset` says how many classes there are.
class ConfusionMatrix : public Metric {
 public:
  using Options = ConfusionMatrixOptions;

  /// @throws Error(option) for one that is out of its range
  explicit ConfusionMatrix(Options options = {});

  std::string_view type() const override { return "ConfusionMatrix"; }
  void reset() override;
  void update(const Tensor& prediction, const Tensor& target) override;
  double value() const override;
  std::vector<std::pair<std::string, Tensor>> details() const override;

  /// [true class, predicted class]
  Tensor counts() const;
  /// [classes]
  Tensor precision() const;
  Tensor recall() const;

  const Options& options() const { return options_; }

  static Descriptor<Metric> descriptor();

 private:
  Index count(Index truth, Index predicted) const { return counts_[static_cast<size_t>(truth * classes_ + predicted)]; }
  /// For every class c, the part that count(c, c) is of the sum of `part(c, other)` over all other classes and itself.
  template <class Part>
  Tensor shares(const Part& part) const;

  Options options_;
  Index classes_ = 0;
  std::vector<Index> counts_;  // [classes, classes], whole numbers of any size
  Index seen_ = 0;
};

}  // namespace toydl
