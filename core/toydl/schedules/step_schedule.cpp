#include <toydl/descriptor.h>
#include <toydl/schedules/step_schedule.h>

namespace toydl {

StepSchedule::StepSchedule(Options options) : options_(options) { check_options(*this); }

double StepSchedule::factor(Index steps) const {
  const WarmUp warm_up{options_.warm_up};
  if (warm_up.covers(steps)) return warm_up.factor(steps);
  // By squares: std::pow has not the same bits on every machine.
  double factor = 1, square = options_.gamma;
  for (Index i = (steps - warm_up.steps) / options_.every; i > 0; i /= 2, square *= square) {
    if (i % 2 == 1) factor *= square;
  }
  return factor;
}

Descriptor<Schedule> StepSchedule::descriptor() {
  return describe_as<Schedule, StepSchedule>(
      "StepSchedule", "The learning rate falls by a factor every so many steps.",
      {
          option("every", &Options::every, "Steps from one fall to the next.", {.min = 1}),
          option("gamma", &Options::gamma, "Factor of each fall.", {.min = 0, .max = 1}),
          option("warm_up", &Options::warm_up, "Steps in which the factor rises to 1.", {.min = 0}),
      });
}

}  // namespace toydl
