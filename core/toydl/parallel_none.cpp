#include <toydl/error.h>
#include <toydl/parallel.h>

// In place of parallel_pool.cpp, where there are no threads.

namespace toydl {

Index threads() { return 1; }

void set_threads(Index count) {
  if (count != 1) throw Error(ErrorCode::unsupported, "this build of the engine has one thread");
}

void detail::run_parts(Index, Index count, Index, RangeCall call, const void* work) { call(work, 0, count); }

}  // namespace toydl
