#pragma once

#include <toydl/layer.h>
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

  /// Calls `work(window, first)` for every window, where `first` is the position in x of its first number and `window` its
  /// own in y.
  template <class Work>
  void for_each_window(Index windows, const Work& work) const {
    const Index windows_per_image = rows_.count * cols_.count;
    for (Index window = 0; window < windows; ++window) {
      const Index image = window / windows_per_image, place = window % windows_per_image;
      const Index row = image * rows_.length + rows_.start(place / cols_.count);
      work(window, row * cols_.length + cols_.start(place % cols_.count));
    }
  }

  /// Calls `work(position in x)` for every number of the window that begins at `first`.
  template <class Work>
  void for_each_number(Index first, const Work& work) const {
    for (Index k = 0; k < rows_.size; ++k) {
      for (Index l = 0; l < cols_.size; ++l) work(first + k * cols_.length + l);
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
