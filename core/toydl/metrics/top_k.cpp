#include <toydl/descriptor.h>
#include <toydl/labels.h>
#include <toydl/metrics/top_k.h>

#include <cmath>

namespace toydl {

TopK::TopK(Options options) : options_(options) { check_options(*this); }

void TopK::reset() { correct_ = seen_ = 0; }

void TopK::update(const Tensor& prediction, const Tensor& target) {
  const ClassLabels labels(prediction, target);
  const auto p = prediction.last_dimension();
  for (Index i = 0; i < labels.rows(); ++i) {
    const Index c = labels.class_of(i);
    Index ahead = 0;
    for (Index j = 0; j < p.cols(); ++j) ahead += p(i, j) > p(i, c) || (j < c && p(i, j) == p(i, c));
    if (ahead < options_.k && !std::isnan(p(i, c))) ++correct_;
  }
  seen_ += labels.rows();
}

double TopK::value() const { return seen_ == 0 ? 0 : static_cast<double>(correct_) / static_cast<double>(seen_); }

Descriptor<Metric> TopK::descriptor() {
  return describe_as<Metric, TopK>("TopK", "The share of samples whose class is among the k likeliest.",
                                   {option("k", &Options::k, "How many predictions count.", {.min = 1})});
}

}  // namespace toydl
