#pragma once

#include <toydl/layer.h>
#include <toydl/parallel.h>
#include <toydl/windows.h>

#include <algorithm>
#include <vector>

namespace toydl {

struct Pool2DOptions {
  Index size = 2;
  Index stride = 0;
};

/// What MaxPool2D and AvgPool2D have in common: windows of an image, channel by channel, x [batch, channels, height, width]. What
/// is left over at the edge is in no window.
class Pool2D : public Layer {
 public:
  using Options = Pool2DOptions;

  Shape build(const Shape& in, Rng& rng) override;

  const Options& options() const { return options_; }

 protected:
  explicit Pool2D(Options options) : options_(options) {}

  /// Numbers in a window.
  Index window_size() const { return rows_.size * cols_.size; }
  Index windows_in_row() const { return cols_.count; }
  Index stride() const { return cols_.stride; }

  /// Calls `work(window, first)` for every row of windows in a y of so many numbers: `window` is where its first window stands in
  /// y, and `first` where the first number of that window stands in x.
  template <class Work>
  void for_each_row(Index windows, const Work& work) const {
    for_each_channel(windows, [&](Index channel) {
      for (Index row = 0; row < rows_.count; ++row) {
        work((channel * rows_.count + row) * cols_.count, channel * pixels() + rows_.start(row) * cols_.length);
      }
    });
  }

  /// Makes dx of what windows give: calls `give(window, to)` for every row of windows, which adds to the numbers of those windows;
  /// `window` is where the first of them stands in dy, and `to` points to its first number. What a number gets from several windows is
  /// summed in double, as all sums are.
  template <class Give>
  void give_to_numbers(const Tensor& dy, Tensor& dx, const Give& give) const {
    const bool overlap = stride() < rows_.size;
    for_each_channel(dy.size(), [&](Index channel) {
      const auto give_all = [&](auto* const sums) {
        std::fill_n(sums, pixels(), 0);
        for (Index row = 0; row < rows_.count; ++row) {
          give((channel * rows_.count + row) * cols_.count, sums + rows_.start(row) * cols_.length);
        }
      };
      Scalar* const out = dx.data() + channel * pixels();
      if (!overlap) return give_all(out);
      thread_local std::vector<double> sums;
      if (sums.size() < static_cast<size_t>(pixels())) sums.resize(static_cast<size_t>(pixels()));
      give_all(sums.data());
      for (Index i = 0; i < pixels(); ++i) out[i] = static_cast<Scalar>(sums[static_cast<size_t>(i)]);
    });
  }

  /// Calls `work(offset)` for every number of a window, with how far it is from the window's first.
  template <class Work>
  void for_each_number(const Work& work) const {
    for (Index k = 0; k < rows_.size; ++k) {
      for (Index l = 0; l < cols_.size; ++l) work(k * cols_.length + l);
    }
  }

 private:
  /// Of one channel of a sample.
  Index pixels() const { return rows_.length * cols_.length; }

  /// Calls `work(channel)` for all channels of all samples, whose y has so many numbers. They are shared out among threads.
  template <class Work>
  void for_each_channel(Index windows, const Work& work) const {
    const Index each = rows_.count * cols_.count;
    parallel_for(windows / each, 1 + (1 << 13) / each, [&](Index begin, Index end) {
      for (Index channel = begin; channel < end; ++channel) work(channel);
    });
  }

  Options options_;
  Windows rows_{}, cols_{};
};

/// The description of a pooling.
template <class Derived>
Descriptor<Layer> describe_pool(const char* name, const char* doc) {
  using Options = Pool2DOptions;
  return describe_as<Layer, Derived>(
      name, doc,
      {required("size", &Options::size, "Height and width of a window.", {.min = 1, .max = 1024}),
       option("stride", &Options::stride, "From one window to the next; 0: as far as a window is large.",
              {.min = 0, .max = 1024})},
      {{.options = R"({"size": 2})", .input = {2, 6, 4}},
       {.options = R"({"size": 3, "stride": 2})", .input = {2, 7, 6}}});
}

}  // namespace toydl
