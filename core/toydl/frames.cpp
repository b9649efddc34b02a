#include <toydl/frames.h>

#include <algorithm>

namespace toydl {

FramedDimension FramedDimension::input(const Windows& windows) {
  return {
      .length = windows.length,
      .first = windows.before,
      .step = 1,
      .frame_length = std::max(windows.before + windows.length, (windows.count - 1) * windows.stride + windows.size),
      .windows = windows.count,
      .stride = windows.stride,
      .window_size = windows.size,
      .backwards = false};
}

FramedDimension FramedDimension::output(const Windows& windows) {
  return {.length = windows.count,
          .first = windows.size - 1 - windows.before,
          .step = windows.stride,
          .frame_length = windows.length + windows.size - 1,
          .windows = windows.length,
          .stride = 1,
          .window_size = windows.size,
          .backwards = true};
}

void Frames::build(Index channels, const FramedDimension& rows, const FramedDimension& cols) {
  channels_ = channels;
  rows_ = rows;
  cols_ = cols;
  const Index row = cols.frame_length, channel = rows.frame_length * row;
  size_ = channels * channel;
  numbers_ = Tensor();
  positions_.clear();
  for (Index i = 0; i < rows.windows; ++i) {
    for (Index j = 0; j < cols.windows; ++j) positions_.push_back(i * rows.stride * row + j * cols.stride);
  }
  const auto tap = [](const FramedDimension& along, Index i) {
    return along.backwards ? along.window_size - 1 - i : i;
  };
  taps_.clear();
  for (Index c = 0; c < channels; ++c) {
    for (Index i = 0; i < rows.window_size; ++i) {
      for (Index j = 0; j < cols.window_size; ++j) taps_.push_back(c * channel + tap(rows, i) * row + tap(cols, j));
    }
  }
}

void Frames::load(Index n, const Scalar* sample, const SampleLayout& layout) {
  Scalar* const frame = numbers_.data() + n * size_;
  for (Index c = 0; c < channels_; ++c) {
    for (Index i = 0; i < rows_.length; ++i) {
      const Scalar* const from = sample + c * layout.channel + i * layout.row;
      const Index row = c * rows_.frame_length + rows_.first + i * rows_.step;
      Scalar* const to = frame + row * cols_.frame_length + cols_.first;
      if (layout.col == 1 && cols_.step == 1) {
        copy_few(from, cols_.length, to);
      } else {
        for (Index j = 0; j < cols_.length; ++j) to[j * cols_.step] = from[j * layout.col];
      }
    }
  }
}

}  // namespace toydl
