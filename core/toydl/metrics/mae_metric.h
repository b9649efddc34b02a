#pragma once

#include <toydl/metric.h>

namespace toydl {

/// The mean absolute error over all predictions: the mean of |p - t|, for predictions that are numbers.
///
/// prediction p [batch, …]; target t of the same shape, or [batch] for a prediction of [batch, 1]. The loss is MAE.
class MAEMetric : public Metric {
 public:
  std::string_view type() const override { return "MAEMetric"; }
  void reset() override;
  void update(const Tensor& prediction, const Tensor& target) override;
  double value() const override;

  static Descriptor<Metric> descriptor();

 private:
  double sum_ = 0;
  Index count_ = 0;
};

}  // namespace toydl
