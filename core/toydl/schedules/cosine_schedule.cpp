#include <toydl/descriptor.h>
#include <toydl/math.h>
#include <toydl/schedules/cosine_schedule.h>

namespace toydl {

CosineSchedule::CosineSchedule(Options options) : options_(options) { check_options(*this); }

double CosineSchedule::factor(Index steps) const {
  const WarmUp warm_up{options_.warm_up};
  if (warm_up.covers(steps)) return warm_up.factor(steps);
  const double part = static_cast<double>(steps - warm_up.steps) / static_cast<double>(options_.steps);
  const double wave = part < 1 ? (1 + cos_pi(part)) / 2 : 0;
  return options_.final_factor + (1 - options_.final_factor) * wave;
}

Descriptor<Schedule> CosineSchedule::descriptor() {
  return describe_as<Schedule, CosineSchedule>(
      "CosineSchedule", "The learning rate falls along half a wave of the cosine.",
      {
          option("steps", &Options::steps, "Steps from the highest to the lowest rate, after the warm-up.", {.min = 1}),
          option("final_factor", &Options::final_factor, "The factor at the end.", {.min = 0, .max = 1}),
          option("warm_up", &Options::warm_up, "Steps in which the factor rises to 1.", {.min = 0}),
      });
}

}  // namespace toydl
