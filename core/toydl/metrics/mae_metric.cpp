#include <toydl/descriptor.h>
#include <toydl/metrics/mae_metric.h>
#include <toydl/targets.h>

#include <cmath>

namespace toydl {

void MAEMetric::reset() {
  sum_ = 0;
  count_ = 0;
}

void MAEMetric::update(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  for (Index i = 0; i < prediction.size(); ++i) {
    const double error = double{prediction[i]} - double{target[i]};
    sum_ += std::abs(error);
  }
  count_ += prediction.size();
}

double MAEMetric::value() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }

Descriptor<Metric> MAEMetric::descriptor() {
  return describe_as<Metric, MAEMetric>("MAEMetric", "The mean absolute error of predictions that are numbers.");
}

}  // namespace toydl
