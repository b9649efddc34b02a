#include <toydl/initializer.h>

namespace toydl {

Fans Fans::of(const Shape& weight) {
  if (weight.rank() < 2) return {.in = weight.size(), .out = weight.size()};
  const Index window = weight.sample().sample().size();
  return {.in = weight[1] * window, .out = weight[0] * window};
}

}  // namespace toydl
