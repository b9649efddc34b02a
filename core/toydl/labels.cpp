#include <toydl/error.h>
#include <toydl/labels.h>
#include <toydl/sum.h>

#include <algorithm>
#include <cmath>

namespace toydl {
namespace {

void require_index(Scalar label, Index sample, Index classes) {
  if (label >= 0 && label < static_cast<Scalar>(classes) && label == static_cast<Scalar>(static_cast<Index>(label)))
    return;
  throw Error(ErrorCode::label, concat("label ", label, " of sample ", sample, " is no class: the prediction has ",
                                       classes, " classes, so labels are whole numbers from 0 to ", classes - 1));
}

void require_probabilities(const Scalar* label, Index sample, Index classes) {
  if (are_probabilities(label, classes)) return;
  throw Error(ErrorCode::label, concat("the label of sample ", sample,
                                       " has a number for each class, so they must be probabilities: a "
                                       "single 1 among zeros, or numbers from 0 to 1; but their sum is ",
                                       sum(classes, [=](Index c) { return label[c]; }), " and the least is ",
                                       *std::min_element(label, label + classes)));
}

}  // namespace

bool are_probabilities(const Scalar* numbers, Index count) {
  const Scalar total = sum(count, [=](Index i) { return numbers[i]; });
  // With a little for rounding: three decimals may add up to 1.001.
  return std::abs(total - 1) <= Scalar(1.001e-3) &&
         std::all_of(numbers, numbers + count, [](Scalar p) { return p >= 0; });
}

ClassLabels::ClassLabels(const Tensor& prediction, const Tensor& target, Index ignored)
    : target_(target),
      has_probabilities_(target.shape() == prediction.shape()),
      ignored_(static_cast<Scalar>(ignored)),
      classes_(prediction.shape().back()) {
  const Shape& shape = prediction.shape();
  const Shape indices = shape.rank() < 2 ? Shape() : shape.without_last();
  if (shape.rank() < 2 || (!has_probabilities_ && target.shape() != indices)) {
    throw Error(ErrorCode::shape,
                concat("labels of shape ", target.shape(), " do not fit a prediction of shape ", shape,
                       ". Give a class index for each sample, [batch], or one-hot rows, [batch, classes]"));
  }
  rows_ = indices.size();
  if (rows_ == 0) throw Error(ErrorCode::shape, "the batch is empty: there is no sample to compare with a label");
  for (Index row = 0; row < rows_; ++row) {
    if (!counts(row)) continue;
    if (has_probabilities_) {
      require_probabilities(target.data() + row * classes_, row, classes_);
    } else {
      require_index(target[row], row, classes_);
    }
    ++counted_;
  }
}

Index ClassLabels::class_of(Index row) const {
  return has_probabilities_ ? largest_in_row(target_, row) : static_cast<Index>(target_[row]);
}

void ClassLabels::write(Index row, Scalar* probabilities) const {
  if (has_probabilities_) {
    std::copy_n(target_.data() + row * classes_, classes_, probabilities);
  } else {
    std::fill_n(probabilities, classes_, Scalar(0));
    probabilities[class_of(row)] = 1;
  }
}

Index largest_in_row(const Tensor& x, Index row) {
  const Index count = x.shape().back();
  const Scalar* const values = x.data() + row * count;
  if (std::any_of(values, values + count, [](Scalar value) { return std::isnan(value); })) return -1;
  return std::max_element(values, values + count) - values;
}

}  // namespace toydl
