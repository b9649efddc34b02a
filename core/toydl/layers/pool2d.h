#pragma once

#include <toydl/layer.h>
#include <toydl/parallel.h>
#include <toydl/windows.h>

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
    const Index rows = rows_.count, cols = cols_.count;
    // Images are shared out among threads, for windows of one may overlap.
    parallel_for(windows / (rows * cols), 1 + (1 << 13) / (rows * cols), [&](Index begin, Index end) {
      for (Index image = begin; image < end; ++image) {
        for (Index row = 0; row < rows; ++row) {
          work((image * rows + row) * cols, (image * rows_.length + rows_.start(row)) * cols_.length);
        }
      }
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
