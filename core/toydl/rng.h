#pragma once

#include <toydl/scalar.h>

#include <cstdint>
#include <span>
#include <utility>

namespace toydl {

class StateVisitor;

/// Random numbers that are the same on every machine. The standard library's distributions are not: each
/// implementation may compute them in its own way.
///
/// The generator is PCG32 (XSH-RR): a 64-bit linear congruential state, scrambled to 32 bits.
/// M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
/// Generation", 2014.
class Rng {
 public:
  /// Each stream of a seed is a sequence of its own, so that drawing more numbers for one purpose
  /// does not change what another purpose gets.
  enum class Stream : uint64_t { weights, shuffling, layers, data };

  explicit Rng(uint64_t seed, Stream stream = Stream::weights);

  /// 32 random bits.
  uint32_t next();

  /// A whole number from 0 to `end` - 1, each as likely as the others. `end` is at least 1.
  uint32_t below(uint32_t end);

  /// Uniform from low to high. It may be high itself only where rounding makes it so; from 0 to 1 it never is.
  Scalar uniform(double low = 0, double high = 1);

  /// Normal with mean 0 and standard deviation 1.
  Scalar normal();

  /// Puts the items in an order drawn from all orders (Fisher and Yates).
  template <class T>
  void shuffle(std::span<T> items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(static_cast<uint32_t>(i))]);
  }

  /// How far the sequence is; the stream is not part of it.
  void visit_state(StateVisitor& state);

 private:
  uint64_t state_ = 0;
  uint64_t increment_;
  bool has_spare_ = false;
  float spare_ = 0;
};

}  // namespace toydl
