#include <toydl/error.h>
#include <toydl/labels.h>

#include <algorithm>

namespace toydl {
namespace {

void require_index(Scalar label, Index sample, Index classes) {
  if (label >= 0 && label < static_cast<Scalar>(classes) && label == static_cast<Scalar>(static_cast<Index>(label)))
    return;
  throw Error(ErrorCode::label, concat("label ", label, " of sample ", sample, " is no class: the prediction has ",
                                       classes, " classes, so labels are whole numbers from 0 to ", classes - 1));
}

void require_one_hot(const Tensor& target, Index sample) {
  Index ones = 0, zeros = 0;
  const Index classes = target.shape().back();
  for (Index j = 0; j < classes; ++j) {
    const Scalar value = target[sample * classes + j];
    ones += value == 1;
    zeros += value == 0;
  }
  if (ones == 1 && zeros == classes - 1) return;
  throw Error(ErrorCode::label,
              concat("the one-hot label of sample ", sample, " must be a single 1 among zeros; it has ", ones,
                     " ones and ", zeros, " zeros in ", classes, " values"));
}

}  // namespace

ClassLabels::ClassLabels(const Tensor& prediction, const Tensor& target)
    : target_(target), one_hot_(target.shape() == prediction.shape()) {
  const Shape& shape = prediction.shape();
  const Shape indices = shape.rank() < 2 ? Shape() : shape.without_last();
  if (shape.rank() < 2 || (!one_hot_ && target.shape() != indices)) {
    throw Error(ErrorCode::shape,
                concat("labels of shape ", target.shape(), " do not fit a prediction of shape ", shape,
                       ". Give a class index for each sample, [batch], or one-hot rows, [batch, classes]"));
  }
  rows_ = indices.size();
  if (rows_ == 0) throw Error(ErrorCode::shape, "the batch is empty: there is no sample to compare with a label");
  for (Index i = 0; i < rows_; ++i) {
    if (one_hot_) {
      require_one_hot(target, i);
    } else {
      require_index(target[i], i, shape.back());
    }
  }
}

Index ClassLabels::class_of(Index row) const {
  return one_hot_ ? largest_in_row(target_, row) : static_cast<Index>(target_[row]);
}

Index largest_in_row(const Tensor& x, Index row) {
  const Index count = x.shape().back();
  const Scalar* values = x.data() + row * count;
  return std::max_element(values, values + count) - values;
}

}  // namespace toydl
