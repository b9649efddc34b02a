#pragma once

#include <toydl/schedule.h>

namespace toydl {

struct CosineScheduleOptions {
  Index steps = 10000;
  double final_factor = 0;
  Index warm_up = 0;
};

/// The learning rate falls along half a wave of the cosine: slowly, then fast, then slowly again, and stays at its end.
///
///     factor = f + (1 - f) (1 + cos(π t / steps)) / 2        t steps done, counted from the end of the warm-up; f the
///                                                            final factor
///
/// I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017.
class CosineSchedule : public Schedule {
 public:
  using Options = CosineScheduleOptions;

  explicit CosineSchedule(Options options = {});

  std::string_view type() const override { return "CosineSchedule"; }
  double factor(Index steps) const override;

  const Options& options() const { return options_; }

  static Descriptor<Schedule> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
