#pragma once

#include <toydl/schedule.h>

namespace toydl {

struct StepScheduleOptions {
  Index every = 1000;
  double gamma = 0.1;
  Index warm_up = 0;
};

/// The learning rate falls by a factor every so many steps.
///
///     factor = γ^⌊t / every⌋        t steps done, counted from the end of the warm-up
class StepSchedule : public Schedule {
 public:
  using Options = StepScheduleOptions;

  explicit StepSchedule(Options options = {});

  std::string_view type() const override { return "StepSchedule"; }
  double factor(Index steps) const override;

  const Options& options() const { return options_; }

  static Descriptor<Schedule> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
