#pragma once

#include <toydl/tensor.h>

namespace toydl {

/// A label that is ignored unless another one is named: it can be no class. PyTorch's choice.
constexpr Index ignored_label = -100;

/// The class labels of a batch, in any of their forms: target [batch], a class index for each sample; or target [batch, classes],
/// one-hot or, for labels that are uncertain, a probability for each class. A prediction may also be [batch, time, classes]: then
/// every time step has its label, and "row" is one of them.
class ClassLabels {
 public:
  /// Checks that `target` labels the classes of `prediction` [batch, …, classes]. Rows whose class index is `ignored` do not count.
  /// Both tensors must outlive this.
  /// @throws Error(shape) if their shapes do not fit, Error(label) for a label that is no class, or no probabilities.
  ClassLabels(const Tensor& prediction, const Tensor& target, Index ignored = ignored_label);

  /// How many labels there are, and how many of them count.
  Index rows() const { return rows_; }
  Index counted() const { return counted_; }

  /// Whether a row counts.
  bool counts(Index row) const { return has_probabilities_ || target_[row] != ignored_; }

  /// The class of a row that counts; the likeliest where the label has probabilities.
  Index class_of(Index row) const;

  /// Writes how likely each class is in a row that counts: 1 and 0 for a class index.
  void write(Index row, Scalar* probabilities) const;

 private:
  const Tensor& target_;
  bool has_probabilities_;
  Scalar ignored_;
  Index classes_, rows_, counted_ = 0;
};

/// Whether numbers are probabilities: none negative, and their sum within 1e-3 of 1.
bool are_probabilities(const Scalar* numbers, Index count);

/// The position of the largest value among the last dimension's in a row; the first of equals. -1 if there is NaN in the row, for
/// then there is no answer.
Index largest_in_row(const Tensor& x, Index row);

}  // namespace toydl
