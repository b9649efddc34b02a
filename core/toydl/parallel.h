#pragma once

#include <toydl/scalar.h>

#include <algorithm>

namespace toydl {

/// How many threads share large work, the calling one among them; 1 at first.
Index threads();

/// Changes it. No number of threads changes a bit of any result: they share out what is computed, and never a sum.
/// @throws Error(option) if it is not 1 to 256, Error(unsupported) if this build knows no threads
void set_threads(Index count);

namespace detail {

using RangeCall = void (*)(const void* work, Index begin, Index end);

/// Calls `call(work, begin, end)` for `parts` ranges, each on a thread of its own; all but the last are multiples of `unit`.
void run_parts(Index parts, Index count, Index unit, RangeCall call, const void* work);

}  // namespace detail

/// Calls `work(begin, end)` for ranges that make up [0, count), all at once where that pays: a range has at least `least`
/// things in it, for it takes microseconds to hand it over. All but the last are multiples of `unit` long.
template <class Work>
void parallel_for(Index count, Index least, const Work& work, Index unit = 1) {
  const Index parts = std::min(threads(), count / std::max<Index>(least, 1));
  if (parts <= 1) return work(Index{0}, count);
  const auto call = [](const void* work, Index begin, Index end) { (*static_cast<const Work*>(work))(begin, end); };
  detail::run_parts(parts, count, unit, call, &work);
}

}  // namespace toydl
