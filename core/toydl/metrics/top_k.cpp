#include <toydl/descriptor.h>
#include <toydl/metrics/top_k.h>

namespace toydl {

TopK::TopK(Options options) : options_(options) { check_options(*this); }

void TopK::reset() { correct_ = seen_ = 0; }

void TopK::update(const Tensor& prediction, const Tensor& target) {
  const ClassLabels labels(prediction, target, options_.ignore_index);
  const auto p = prediction.last_dimension();
  for (Index i = 0; i < labels.rows(); ++i) {
    if (!labels.counts(i) || p.row(i).hasNaN()) continue;
    const Index c = labels.class_of(i);
    Index ahead = 0;
    for (Index j = 0; j < p.cols(); ++j) ahead += p(i, j) > p(i, c) || (j < c && p(i, j) == p(i, c));
    if (ahead < options_.k) ++correct_;
  }
  seen_ += labels.counted();
}

double TopK::value() const { return seen_ == 0 ? 0 : static_cast<double>(correct_) / static_cast<double>(seen_); }

Descriptor<Metric> TopK::descriptor() {
  return describe_as<Metric, TopK>(
      "TopK", "The share of samples whose class is among the k likeliest.",
      {option("k", &Options::k, "How many predictions count.", {.min = 1}),
       option("ignore_index", &Options::ignore_index, "Samples with this label do not count.")});
}

}  // namespace toydl
