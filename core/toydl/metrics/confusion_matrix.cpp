#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/metrics/confusion_matrix.h>

namespace toydl {

ConfusionMatrix::ConfusionMatrix(Options options) : options_(options) { check_options(*this); }

void ConfusionMatrix::reset() {
  classes_ = seen_ = 0;
  counts_.clear();
}

void ConfusionMatrix::update(const Tensor& prediction, const Tensor& target) {
  const ClassLabels labels(prediction, target, options_.ignore_index);
  const Index classes = prediction.shape().back();
  if (counts_.empty()) {
    classes_ = classes;
    counts_.assign(static_cast<size_t>(classes * classes), 0);
  }
  if (classes_ != classes) {
    throw Error(ErrorCode::shape, concat("these predictions have ", classes, " classes, those before them had ",
                                         classes_, ". Reset the metric between models"));
  }
  for (Index i = 0; i < labels.rows(); ++i) {
    if (!labels.counts(i)) continue;
    const Index predicted = largest_in_row(prediction, i);
    if (predicted >= 0) ++counts_[static_cast<size_t>(labels.class_of(i) * classes + predicted)];
  }
  seen_ += labels.counted();
}

double ConfusionMatrix::value() const {
  Index right = 0;
  for (Index c = 0; c < classes_; ++c) right += count(c, c);
  return seen_ == 0 ? 0 : static_cast<double>(right) / static_cast<double>(seen_);
}

Tensor ConfusionMatrix::counts() const {
  Tensor counts({classes_, classes_});
  for (Index i = 0; i < counts.size(); ++i) counts[i] = static_cast<Scalar>(counts_[static_cast<size_t>(i)]);
  return counts;
}

template <class Part>
Tensor ConfusionMatrix::shares(const Part& part) const {
  Tensor shares({classes_});
  for (Index c = 0; c < classes_; ++c) {
    Index whole = 0;
    for (Index other = 0; other < classes_; ++other) whole += part(c, other);
    shares[c] = whole == 0 ? 0 : static_cast<Scalar>(static_cast<double>(count(c, c)) / static_cast<double>(whole));
  }
  return shares;
}

Tensor ConfusionMatrix::precision() const {
  return shares([&](Index c, Index truth) { return count(truth, c); });
}

Tensor ConfusionMatrix::recall() const {
  return shares([&](Index c, Index predicted) { return count(c, predicted); });
}

std::vector<std::pair<std::string, Tensor>> ConfusionMatrix::details() const {
  return {{"counts", counts()}, {"precision", precision()}, {"recall", recall()}};
}

Descriptor<Metric> ConfusionMatrix::descriptor() {
  return describe_as<Metric, ConfusionMatrix>(
      "ConfusionMatrix", "How often each class is taken for each other one; its value is the accuracy.",
      {option("ignore_index", &Options::ignore_index, "Samples with this label do not count.")});
}

}  // namespace toydl
