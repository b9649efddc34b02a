#include <toydl/error.h>
#include <toydl/labels.h>

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
  for (Index j = 0; j < target.cols(); ++j) {
    const Scalar value = target[sample * target.cols() + j];
    ones += value == 1;
    zeros += value == 0;
  }
  if (ones == 1 && zeros == target.cols() - 1) return;
  throw Error(ErrorCode::label,
              concat("the one-hot label of sample ", sample, " must be a single 1 among zeros; it has ", ones,
                     " ones and ", zeros, " zeros in ", target.cols(), " values"));
}

}  // namespace

ClassLabels::ClassLabels(const Tensor& prediction, const Tensor& target)
    : target_(target), one_hot_(target.shape() == prediction.shape()) {
  const Shape indices{prediction.rows()};
  if (prediction.shape().rank() != 2 || (!one_hot_ && target.shape() != indices)) {
    throw Error(ErrorCode::shape,
                concat("labels of shape ", target.shape(), " do not fit a prediction of shape ", prediction.shape(),
                       ". Give a class index for each sample, [batch], or one-hot rows, [batch, classes]"));
  }
  if (prediction.rows() == 0)
    throw Error(ErrorCode::shape, "the batch is empty: there is no sample to compare with a label");
  for (Index i = 0; i < prediction.rows(); ++i) {
    if (one_hot_) {
      require_one_hot(target, i);
    } else {
      require_index(target[i], i, prediction.cols());
    }
  }
}

Index ClassLabels::class_of(Index sample) const {
  return one_hot_ ? largest_in_row(target_, sample) : static_cast<Index>(target_[sample]);
}

Index largest_in_row(const Tensor& x, Index row) {
  const Scalar* values = x.data() + row * x.cols();
  Index best = 0;
  for (Index j = 1; j < x.cols(); ++j) {
    if (values[j] > values[best]) best = j;
  }
  return best;
}

}  // namespace toydl
