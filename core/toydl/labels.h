#pragma once

#include <toydl/tensor.h>

namespace toydl {

/// The class labels of a batch, in either of their two forms: target [batch], a class index for each sample, or target
/// [batch, classes], one-hot. A prediction may also be [batch, time, classes]: then every time step has its label, and
/// "row" is one of them.
class ClassLabels {
 public:
  /// Checks that `target` labels the classes of `prediction` [batch, …, classes]. Both must outlive this.
  /// @throws Error(shape) if their shapes do not fit, Error(label) for a label that is no class.
  ClassLabels(const Tensor& prediction, const Tensor& target);

  /// How many labels there are.
  Index rows() const { return rows_; }

  /// The class of a row.
  Index class_of(Index row) const;

 private:
  const Tensor& target_;
  bool one_hot_;
  Index rows_;
};

/// The position of the largest value among the last dimension's in a row; the first of equals.
Index largest_in_row(const Tensor& x, Index row);

}  // namespace toydl
