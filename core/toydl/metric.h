#pragma once

#include <toydl/ref.h>
#include <toydl/tensor.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace toydl {

template <class Base>
struct Descriptor;

/// A number that says how good predictions are, gathered over many batches.
class Metric {
 public:
  virtual ~Metric() = default;

  /// The name in the registry: "Accuracy".
  virtual std::string_view type() const = 0;

  /// Forgets every batch.
  virtual void reset() = 0;

  /// Takes one batch into account.
  /// @throws Error(shape) or Error(label) if prediction and target do not fit together.
  virtual void update(const Tensor& prediction, const Tensor& target) = 0;

  /// The metric over all batches since the last reset; 0 if there was none.
  virtual double value() const = 0;

  /// What a metric knows beyond its one number, by name: the counts of a ConfusionMatrix.
  virtual std::vector<std::pair<std::string, Tensor>> details() const { return {}; }
};

}  // namespace toydl
