#pragma once

#include <toydl/tensor.h>

#include <algorithm>
#include <type_traits>
#include <utility>

// Sums as the whole library adds them: in ascending order, in double, and rounded once. So the error of a sum is half a unit in the
// last place, and a little of Σ|x| that grows with the number of summands only far behind a float's digits. Eigen's own `sum` and
// `mean` add in another order on each machine, and in float.
//
// Products of matrices are sums too, and add in Scalar, k after k: see kernel.md.

namespace toydl {

/// Σ term(i), for i from 0 to count - 1.
template <class Term>
Scalar sum(Index count, const Term& term) {
  double total = 0;
  for (Index i = 0; i < count; ++i) total += static_cast<double>(term(i));
  return static_cast<Scalar>(total);
}

/// Σ of the numbers of a vector, or of a formula of vectors: `sum((x - mean).square())`.
template <class Numbers>
Scalar sum(const Eigen::DenseBase<Numbers>& numbers) {
  return sum(numbers.size(), [&](Index i) { return numbers.derived().coeff(i); });
}

/// How numbers of several channels lie in memory: `samples` times, each channel has a run of numbers, one channel after the other.
/// The channels of images [channels, height, width] have their pixels in a run; for the columns of a matrix a run is 1; and its rows
/// are channels too, of one sample, whose run is a row.
struct Channels {
  Index samples, channels, run;

  static Channels columns(Index rows, Index cols) { return {rows, cols, 1}; }
  static Channels rows(Index rows, Index cols) { return {1, rows, cols}; }

  /// All numbers of a channel.
  Index size() const { return samples * run; }
};

/// For every channel c, calls `use(c, Σ term(position, c, sample))`, the sum over all its numbers, which are at those positions.
template <class Term, class Use>
void sum_channels(const Channels& layout, const Term& term, const Use& use) {
  // An addition must wait for the one before it in its own sum, so several sums are made side by side. With their number known,
  // compilers keep them in registers; and where a run is 1, they read the numbers of all of them at once.
  constexpr Index most = 8;
  constexpr std::integral_constant<Index, most> together;
  constexpr std::integral_constant<Index, 1> one;
  const auto sum_some = [&](Index first, auto count, auto run) {
    double totals[most] = {};
    for (Index sample = 0; sample < layout.samples; ++sample) {
      const Index begin = (sample * layout.channels + first) * run;
      for (Index i = 0; i < run; ++i) {
        for (Index c = 0; c < count; ++c)
          totals[c] += static_cast<double>(term(begin + c * run + i, first + c, sample));
      }
    }
    for (Index c = 0; c < count; ++c) use(first + c, static_cast<Scalar>(totals[c]));
  };
  Index first = 0;
  for (; first + together <= layout.channels; first += together) {
    if (layout.run == one) {
      sum_some(first, together, one);
    } else {
      sum_some(first, together, layout.run);
    }
  }
  for (; first < layout.channels; ++first) sum_some(first, one, layout.run);
}

/// sums[c] = the sum of channel c's numbers, which are `numbers` themselves.
void sum_channels(const Channels& layout, const Scalar* numbers, Scalar* sums);

}  // namespace toydl
