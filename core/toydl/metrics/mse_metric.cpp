#include <toydl/descriptor.h>
#include <toydl/metrics/mse_metric.h>
#include <toydl/targets.h>

#include <cmath>

namespace toydl {

void MSEMetric::reset() {
  sum_ = 0;
  count_ = 0;
}

void MSEMetric::update(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  for (Index i = 0; i < prediction.size(); ++i) {
    const double error = double{prediction[i]} - double{target[i]};
    sum_ += error * error;
  }
  count_ += prediction.size();
}

double MSEMetric::value() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }

Descriptor<Metric> MSEMetric::descriptor() {
  return describe_as<Metric, MSEMetric>("MSEMetric", "The mean squared error of predictions that are numbers.");
}

}  // namespace toydl
