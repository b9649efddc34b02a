#pragma once

#include <toydl/labels.h>
#include <toydl/metric.h>

namespace toydl {

struct TopKOptions {
  Index k = 5;
  Index ignore_index = ignored_label;
};

/// The share of samples whose class is among the k that the prediction holds for the likeliest. TopK with k = 1 is Accuracy.
///
/// prediction [batch, classes], probabilities or logits; target [batch] class indices, or [batch, classes] one-hot. Of
/// equal values the first counts as the larger. A prediction that holds NaN is wrong. Samples whose label is `ignore_index` do not
/// count.
class TopK : public Metric {
 public:
  using Options = TopKOptions;

  /// @throws Error(option) for one that is out of its range
  explicit TopK(Options options = {});

  std::string_view type() const override { return "TopK"; }
  void reset() override;
  void update(const Tensor& prediction, const Tensor& target) override;
  double value() const override;

  const Options& options() const { return options_; }

  static Descriptor<Metric> descriptor();

 private:
  Options options_;
  Index correct_ = 0;
  Index seen_ = 0;
};

}  // namespace toydl
