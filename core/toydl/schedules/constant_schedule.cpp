#include <toydl/descriptor.h>
#include <toydl/schedules/constant_schedule.h>

namespace toydl {

ConstantSchedule::ConstantSchedule(Options options) : options_(options) { check_options(*this); }

double ConstantSchedule::factor(Index steps) const {
  const WarmUp warm_up{options_.warm_up};
  return warm_up.covers(steps) ? warm_up.factor(steps) : 1;
}

Descriptor<Schedule> ConstantSchedule::descriptor() {
  return describe_as<Schedule, ConstantSchedule>(
      "ConstantSchedule", "The learning rate stays as it is, but for a warm-up.",
      {
          option("warm_up", &Options::warm_up, "Steps in which the factor rises to 1.", {.min = 0}),
      });
}

}  // namespace toydl
