#include <toydl/math.h>
#include <toydl/rng.h>
#include <toydl/state.h>

#include <cmath>

namespace toydl {

Rng::Rng(uint64_t seed, Stream stream) : increment_(2 * static_cast<uint64_t>(stream) + 1) {
  next();
  state_ += seed;
  next();
}

uint32_t Rng::next() {
  const uint64_t old = state_;
  state_ = old * 6364136223846793005u + increment_;
  const auto bits = static_cast<uint32_t>(((old >> 18) ^ old) >> 27);
  const auto rotation = static_cast<uint32_t>(old >> 59);
  return (bits >> rotation) | (bits << ((32 - rotation) & 31));
}

uint32_t Rng::below(uint32_t end) {
  // D. Lemire, "Fast Random Integer Generation in an Interval", 2019: scale, and reject the few that would bias.
  const uint32_t threshold = (0u - end) % end;
  while (true) {
    const uint64_t product = static_cast<uint64_t>(next()) * end;
    if (static_cast<uint32_t>(product) >= threshold) return static_cast<uint32_t>(product >> 32);
  }
}

Scalar Rng::uniform(double low, double high) {
  // 24 bits fill a float's mantissa: from 0 to 1 every value is exact, and 1 is never reached.
  const double unit = static_cast<double>(next() >> 8) * 0x1p-24;
  return static_cast<Scalar>(low + (high - low) * unit);
}

Scalar Rng::normal() {
  // G. Marsaglia's polar method: a point uniform in the unit disc gives two independent normal numbers.
  // In float also when the library is built for double, so that both builds draw the same numbers.
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  float u, v, s;
  do {
    u = static_cast<float>(uniform(-1, 1));
    v = static_cast<float>(uniform(-1, 1));
    s = u * u + v * v;
  } while (s >= 1 || s == 0);
  const float scale = std::sqrt(-2.0f * log(s) / s);
  spare_ = v * scale;
  has_spare_ = true;
  return u * scale;
}

void Rng::visit_state(StateVisitor& state) {
  state.integer("state", state_);
  state.integer("has_spare", has_spare_);
  state.number("spare", spare_, [](double spare) { return std::abs(spare) < 100; });
}

}  // namespace toydl
