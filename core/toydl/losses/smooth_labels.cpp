#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/losses/smooth_labels.h>

namespace toydl {

SmoothLabels::SmoothLabels(const Tensor& prediction, const Tensor& target, const CrossEntropyOptions& options)
    : labels_(prediction, target, options.ignore_index),
      classes_(prediction.shape().back()),
      kept_(static_cast<Scalar>(1 - options.label_smoothing)),
      spread_(static_cast<Scalar>(options.label_smoothing / static_cast<double>(classes_))) {
  if (labels_.counted() > 0) return;
  throw Error(ErrorCode::label, concat("every label of the batch is ", options.ignore_index,
                                       ", the one to ignore, so there is nothing to take the mean of"));
}

void SmoothLabels::write(Index row, Scalar* t) const {
  labels_.write(row, t);
  // t ← (1 - ε) t + ε / classes
  for (Index c = 0; c < classes_; ++c) t[c] = kept_ * t[c] + spread_;
}

std::vector<Option> cross_entropy_options() {
  using Options = CrossEntropyOptions;
  return {option("label_smoothing", &Options::label_smoothing,
                 "ε, the part of each label that is shared out among all classes.", {.min = 0, .max = 1}),
          option("ignore_index", &Options::ignore_index, "Samples with this label do not count.")};
}

}  // namespace toydl
