#pragma once

#include <toydl/clock.h>
#include <toydl/scalar.h>

#include <unistd.h>
#include <cinttypes>
#include <cstdio>

namespace toydl::cli {

/// A bar for the epoch under way, redrawn ten times a second. Where standard output is no terminal it shows nothing.
class Progress {
 public:
  explicit Progress(Index steps) : steps_(steps) {}

  void show(Index epoch, Index epochs, Index step, double loss) {
    if (!terminal_ || since_drawn_.ms() < 100) return;
    since_drawn_ = {};
    constexpr Index width = 30;
    const Index done = step * width / steps_;
    std::printf("\repoch %2" PRId64 "/%" PRId64 "  [", epoch, epochs);
    for (Index i = 0; i < width; ++i) std::putchar(i < done ? '#' : '.');
    std::printf("]  loss %.4f\033[K", loss);
    std::fflush(stdout);
  }

  /// Leaves the line empty, for whatever comes next.
  void clear() {
    if (terminal_) std::printf("\r\033[K");
  }

 private:
  Index steps_;
  bool terminal_ = isatty(STDOUT_FILENO) != 0;
  Stopwatch since_drawn_;
};

}  // namespace toydl::cli
