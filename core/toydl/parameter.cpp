#include <toydl/parameter.h>

#include <bit>
#include <cstdint>

namespace toydl {

void Parameter::resize(const Shape& shape) {
  value.resize(shape);
  grad.resize(shape);
  grad.fill(0);
  grad_used = false;
}

void Parameter::build(const Shape& shape, const Initializer& initializer, Fans fans, Rng& rng) {
  resize(shape);
  initializer.fill(value, fans, rng);
}

uint64_t hash_of(const Parameters& parameters) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (const auto& parameter : parameters) {
    for (const Scalar value : parameter->value.values()) {
      // Machines differ in the bits of NaN.
      const bool is_nan = value != value;
      hash ^= is_nan ? 0x7fc00000u : std::bit_cast<uint32_t>(static_cast<float>(value));
      hash *= 0x100000001b3u;
    }
  }
  return hash;
}

std::string hash_text(uint64_t hash) {
  std::string text(16, '0');
  for (int i = 15; i >= 0; --i, hash >>= 4) text[static_cast<size_t>(i)] = "0123456789abcdef"[hash & 15];
  return text;
}

}  // namespace toydl
