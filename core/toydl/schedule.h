#pragma once

#include <toydl/ref.h>
#include <toydl/scalar.h>

#include <string_view>

namespace toydl {

template <class Base>
struct Descriptor;

/// How the learning rate changes while training goes on: an optimizer multiplies its learning rate by a factor that
/// depends on the number of steps done. An option of every optimizer.
class Schedule {
 public:
  virtual ~Schedule() = default;

  /// The name in the registry: "CosineSchedule".
  virtual std::string_view type() const = 0;

  /// The factor for the step that follows `steps` steps.
  virtual double factor(Index steps) const = 0;
};

/// A warm-up, for the start of a schedule's `factor`: from 1 / warm_up the factor rises in equal parts, and is 1 after
/// `warm_up` steps. A schedule's own formula counts its steps from there.
///
/// P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 2.2.
struct WarmUp {
  Index steps = 0;

  bool covers(Index step) const { return step < steps; }
  double factor(Index step) const { return static_cast<double>(step + 1) / static_cast<double>(steps); }
};

}  // namespace toydl
