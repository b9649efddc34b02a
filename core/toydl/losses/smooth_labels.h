#pragma once

#include <toydl/labels.h>

#include <vector>

namespace toydl {

struct Option;

struct CrossEntropyOptions {
  double label_smoothing = 0;
  Index ignore_index = ignored_label;
};

/// What the rows of a prediction should be, for a loss on classes: t, a probability for each class, with label smoothing ε
///
///     t ← (1 - ε) t + ε / classes
class SmoothLabels {
 public:
  /// Both tensors must outlive this.
  /// @throws Error(shape) or Error(label) for labels that do not fit the prediction, Error(label) if all are to be ignored
  SmoothLabels(const Tensor& prediction, const Tensor& target, const CrossEntropyOptions& options);

  Index rows() const { return labels_.rows(); }
  /// Whether a row counts, and how many do.
  bool counts(Index row) const { return labels_.counts(row); }
  Scalar counted() const { return static_cast<Scalar>(labels_.counted()); }

  /// Writes t of a row that counts: as many numbers as there are classes.
  void write(Index row, Scalar* t) const;

 private:
  ClassLabels labels_;
  Index classes_;
  Scalar kept_, spread_;
};

/// The options of CrossEntropy and SoftmaxCrossEntropy, for their descriptions.
std::vector<Option> cross_entropy_options();

}  // namespace toydl
