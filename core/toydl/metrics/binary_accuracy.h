#pragma once

#include <toydl/metric.h>

namespace toydl {

struct BinaryAccuracyOptions {
  double threshold = 0;
  bool exact_match = false;
};

/// The share of answers yes or no that are right, for models that are trained with BinaryCrossEntropy, with one answer for a sample
/// or several.
///
///     answer = yes where prediction >= threshold, else no        0 suits logits, 0.5 suits probabilities
///
/// prediction [batch, …]; target 1 (yes) and 0 (no), of the same shape, or [batch] for a prediction of [batch, 1]. With
/// `exact_match` a sample counts as one, which is right if all its answers are. NaN is never right.
class BinaryAccuracy : public Metric {
 public:
  using Options = BinaryAccuracyOptions;

  /// @throws Error(option) for one that is out of its range
  explicit BinaryAccuracy(Options options = {});

  std::string_view type() const override { return "BinaryAccuracy"; }
  void reset() override;
  /// @throws Error(label) for a target that is neither 0 nor 1
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
