#include <toydl/error.h>
#include <toydl/targets.h>

namespace toydl {

void require_number_targets(const Tensor& prediction, const Tensor& target) {
  if (prediction.rows() != target.rows() || prediction.size() != target.size()) {
    throw Error(ErrorCode::shape, concat("targets of shape ", target.shape(), " do not fit a prediction of shape ",
                                         prediction.shape(), ". Give one number for each of its numbers"));
  }
  if (prediction.size() == 0)
    throw Error(ErrorCode::shape, "the batch is empty: there is no prediction to compare with a target");
}

}  // namespace toydl
