#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/labels.h>
#include <toydl/metrics/confusion_matrix.h>

#include <cmath>

namespace toydl {

void ConfusionMatrix::reset() { counts_ = Tensor({0, 0}); }

void ConfusionMatrix::update(const Tensor& prediction, const Tensor& target) {
  const ClassLabels labels(prediction, target);
  const Index classes = prediction.shape().back();
  if (counts_.size() == 0) counts_ = Tensor({classes, classes});
  if (counts_.cols() != classes) {
    throw Error(ErrorCode::shape, concat("these predictions have ", classes, " classes, those before them had ",
                                         counts_.cols(), ". Reset the metric between models"));
  }
  for (Index i = 0; i < labels.rows(); ++i) ++counts_.matrix()(labels.class_of(i), largest_in_row(prediction, i));
}

double ConfusionMatrix::value() const {
  double right = 0, all = 0;
  for (Index t = 0; t < counts_.rows(); ++t) {
    for (Index p = 0; p < counts_.cols(); ++p) {
      right += t == p ? counts_.matrix()(t, p) : 0;
      all += counts_.matrix()(t, p);
    }
  }
  return all == 0 ? 0 : right / all;
}

Tensor ConfusionMatrix::precision() const { return diagonal_over(counts_.matrix().colwise().sum()); }

Tensor ConfusionMatrix::recall() const { return diagonal_over(counts_.matrix().rowwise().sum()); }

Tensor ConfusionMatrix::diagonal_over(const RowMatrix& sums) const {
  Tensor shares({counts_.rows()});
  for (Index c = 0; c < shares.size(); ++c) {
    const Scalar sum = sums.data()[c];
    shares[c] = sum == 0 ? 0 : counts_.matrix()(c, c) / sum;
  }
  return shares;
}

std::vector<std::pair<std::string, Tensor>> ConfusionMatrix::details() const {
  return {{"counts", counts_}, {"precision", precision()}, {"recall", recall()}};
}

Descriptor<Metric> ConfusionMatrix::descriptor() {
  return describe_as<Metric, ConfusionMatrix>(
      "ConfusionMatrix", "How often each class is taken for each other one; its value is the accuracy.");
}

}  // namespace toydl
