#include <toydl/descriptor.h>
#include <toydl/metrics/accuracy.h>

namespace toydl {

Accuracy::Accuracy(Options options) : options_(options) { check_options(*this); }

void Accuracy::reset() { correct_ = seen_ = 0; }

void Accuracy::update(const Tensor& prediction, const Tensor& target) {
  const ClassLabels labels(prediction, target, options_.ignore_index);
  for (Index i = 0; i < labels.rows(); ++i) {
    if (labels.counts(i) && largest_in_row(prediction, i) == labels.class_of(i)) ++correct_;
  }
  seen_ += labels.counted();
}

double Accuracy::value() const { return seen_ == 0 ? 0 : static_cast<double>(correct_) / static_cast<double>(seen_); }

Descriptor<Metric> Accuracy::descriptor() {
  return describe_as<Metric, Accuracy>(
      "Accuracy", "The share of samples that are classified correctly.",
      {option("ignore_index", &Options::ignore_index, "Samples with this label do not count.")});
}

}  // namespace toydl
