#pragma once

#include <toydl/model.h>

namespace toydl {

/// A metric over a data set, measured slice by slice, so that whoever measures can do other things in between.
class Evaluation {
 public:
  /// Measures the samples that have arrived by now. All must outlive this.
  Evaluation(Model& model, const Dataset& dataset, Metric& metric);

  /// Goes on for about `budget_ms` milliseconds, at least one batch. Returns whether all samples were measured;
  /// then the metric has its value.
  bool advance(double budget_ms);

  /// How many samples were measured.
  Index samples() const { return next_; }

 private:
  Model& model_;
  const Dataset& dataset_;
  Metric& metric_;
  Index end_;
  Index next_ = 0;
  std::vector<uint32_t> samples_;
  Batch batch_;
};

}  // namespace toydl
