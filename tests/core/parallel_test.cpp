#include "throws.h"

#include <toydl/parallel.h>

#include <atomic>
#include <catch_amalgamated.hpp>
#include <stdexcept>
#include <vector>

using namespace toydl;

namespace {

struct OneThreadAfterwards {
  ~OneThreadAfterwards() { set_threads(1); }
};

}  // namespace

TEST_CASE("every number of a range is worked on once, whatever the threads", "[parallel]") {
  const OneThreadAfterwards restore;
  const Index count = GENERATE(0, 1, 5, 100, 1001), threads = GENERATE(1, 2, 3, 8), unit = GENERATE(1, 4, 24);
  set_threads(threads);
  CHECK(toydl::threads() == threads);
  for (int time = 0; time < 50; ++time) {
    std::vector<int> times(static_cast<size_t>(count));
    std::atomic<int> cut = 0;
    const auto work = [&](Index begin, Index end) {
      if (begin % unit != 0) ++cut;
      for (Index i = begin; i < end; ++i) ++times[static_cast<size_t>(i)];
    };
    parallel_for(count, 1, work, unit);
    CHECK(times == std::vector<int>(static_cast<size_t>(count), 1));
    CHECK(cut == 0);
  }
}

TEST_CASE("what a thread throws arrives, and the threads live on", "[parallel]") {
  const OneThreadAfterwards restore;
  set_threads(3);
  for (int time = 0; time < 20; ++time) {
    const auto fails = [](Index, Index end) {
      if (end == 300) throw std::runtime_error("the last part fails");
    };
    CHECK_THROWS_AS(parallel_for(300, 1, fails), std::runtime_error);
    std::atomic<Index> done = 0;
    parallel_for(300, 1, [&](Index begin, Index end) { done += end - begin; });
    CHECK(done == 300);
  }
}

TEST_CASE("work inside of work stays on its thread", "[parallel]") {
  const OneThreadAfterwards restore;
  set_threads(2);
  std::atomic<Index> done = 0;
  parallel_for(10, 1, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) parallel_for(100, 1, [&](Index b, Index e) { done += e - b; });
  });
  CHECK(done == 1000);
}

TEST_CASE("numbers of threads that make no sense are refused", "[parallel]") {
  CHECK_FAILS(set_threads(0), option, "threads must be 1 to 256, not 0");
  CHECK_FAILS(set_threads(257), option, "threads must be 1 to 256, not 257");
}
