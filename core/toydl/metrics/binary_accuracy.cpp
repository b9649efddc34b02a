#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/metrics/binary_accuracy.h>
#include <toydl/targets.h>

namespace toydl {

BinaryAccuracy::BinaryAccuracy(Options options) : options_(options) { check_options(*this); }

void BinaryAccuracy::reset() { correct_ = seen_ = 0; }

void BinaryAccuracy::update(const Tensor& prediction, const Tensor& target) {
  require_number_targets(prediction, target);
  const auto threshold = static_cast<Scalar>(options_.threshold);
  const Index answers = prediction.cols();
  for (Index i = 0; i < target.size(); ++i) {
    if (target[i] == 0 || target[i] == 1) continue;
    throw Error(ErrorCode::label,
                concat("target ", target[i], " of sample ", i / answers, " is neither 1, yes, nor 0, no"));
  }
  for (Index sample = 0; sample < prediction.rows(); ++sample) {
    Index right = 0;
    for (Index i = sample * answers; i < (sample + 1) * answers; ++i) {
      right += target[i] == 1 ? prediction[i] >= threshold : prediction[i] < threshold;
    }
    correct_ += options_.exact_match ? right == answers : right;
  }
  seen_ += options_.exact_match ? prediction.rows() : prediction.size();
}

double BinaryAccuracy::value() const {
  return seen_ == 0 ? 0 : static_cast<double>(correct_) / static_cast<double>(seen_);
}

Descriptor<Metric> BinaryAccuracy::descriptor() {
  return describe_as<Metric, BinaryAccuracy>(
      "BinaryAccuracy", "The share of answers yes or no that are right.",
      {option("threshold", &Options::threshold,
              "From here on a prediction says yes: 0 for logits, 0.5 for probabilities."),
       option("exact_match", &Options::exact_match, "Whether all answers of a sample must be right for it to count.")});
}

}  // namespace toydl
