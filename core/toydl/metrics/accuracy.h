#pragma once

#include <toydl/labels.h>
#include <toydl/metric.h>

namespace toydl {

struct AccuracyOptions {
  Index ignore_index = ignored_label;
};

/// The share of samples whose largest prediction is at their class. Takes probabilities and logits alike. A prediction that holds
/// NaN is wrong.
///
/// prediction [batch, classes]; target [batch] class indices, or [batch, classes] one-hot or with a probability for each class, of
/// which the largest counts. Samples whose label is `ignore_index` do not count.
class Accuracy : public Metric {
 public:
  using Options = AccuracyOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Accuracy(Options options = {});

  std::string_view type() const override { return "Accuracy"; }
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
