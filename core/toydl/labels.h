#pragma once

#include <toydl/tensor.h>

namespace toydl {

/// The class labels of a batch, in either of their two forms:
/// target [batch], a class index for each sample, or target [batch, classes], one-hot.
class ClassLabels {
 public:
  /// Checks that `target` labels the classes of `prediction` [batch, classes]. Both must outlive this.
  /// @throws Error(shape) if their shapes do not fit, Error(label) for a label that is no class.
  ClassLabels(const Tensor& prediction, const Tensor& target);

  /// The class of a sample.
  Index class_of(Index sample) const;

 private:
  const Tensor& target_;
  bool one_hot_;
};

/// The column of a row's largest value; the first of equals.
Index largest_in_row(const Tensor& x, Index row);

}  // namespace toydl
