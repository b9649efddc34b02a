#pragma once

#include <toydl/schedule.h>

namespace toydl {

struct ConstantScheduleOptions {
  Index warm_up = 0;
};

/// The learning rate stays as it is, but for a warm-up.
///
///     factor = 1
class ConstantSchedule : public Schedule {
 public:
  using Options = ConstantScheduleOptions;

  explicit ConstantSchedule(Options options = {});

  std::string_view type() const override { return "ConstantSchedule"; }
  double factor(Index steps) const override;

  const Options& options() const { return options_; }

  static Descriptor<Schedule> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
