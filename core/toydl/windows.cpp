#include <toydl/error.h>
#include <toydl/windows.h>

#include <algorithm>

namespace toydl {

Windows Windows::along(Index length, Index size, Index stride, Padding padding, const char* dimension) {
  if (padding == Padding::same) {
    const Index count = (length + stride - 1) / stride;
    const Index zeros = std::max<Index>((count - 1) * stride + size - length, 0);
    return {length, size, stride, zeros / 2, count};
  }
  if (size > length) {
    throw Error(ErrorCode::shape, concat("has windows of ", size, ", but the ", dimension, " of its samples is ",
                                         length, ". Make the window smaller, or shrink less before it."));
  }
  return {length, size, stride, 0, (length - size) / stride + 1};
}

template <class Work>
void Patches::for_each_row(const Work& work) const {
  Index patch = 0;
  for (Index c = 0; c < channels; ++c) {
    for (Index i = 0; i < rows.size; ++i) {
      for (Index j = 0; j < cols.size; ++j) {
        // Windows in which this column is inside: 0 <= start(w) + j < length.
        const Index outside = std::max<Index>(cols.before - j, 0), inside = cols.length + cols.before - j;
        const Index begin = std::min((outside + cols.stride - 1) / cols.stride, cols.count);
        const Index end = std::clamp((inside + cols.stride - 1) / cols.stride, begin, cols.count);
        for (Index w = 0; w < rows.count; ++w, patch += cols.count) {
          const Index row = rows.start(w) + i;
          const bool is_inside = row >= 0 && row < rows.length;
          const Index first = c * channel_stride + row * row_stride + (cols.start(begin) + j) * col_stride;
          work(patch, first, cols.stride * col_stride, is_inside ? begin : cols.count, is_inside ? end : cols.count);
        }
      }
    }
  }
}

void Patches::gather(const Scalar* sample, Scalar* patches) const {
  for_each_row([&](Index patch, Index first, Index stride, Index begin, Index end) {
    Scalar* const row = patches + patch;
    std::fill(row, row + begin, Scalar(0));
    if (stride == 1 && end > begin) {
      std::copy_n(sample + first, end - begin, row + begin);
    } else {
      for (Index w = begin; w < end; ++w) row[w] = sample[first + (w - begin) * stride];
    }
    std::fill(row + end, row + cols.count, Scalar(0));
  });
}

void Patches::scatter_add(const Scalar* patches, Scalar* sample) const {
  for_each_row([&](Index patch, Index first, Index stride, Index begin, Index end) {
    const Scalar* const row = patches + patch;
    if (stride == 1) {
      for (Index w = begin; w < end; ++w) sample[first + w - begin] += row[w];
    } else {
      for (Index w = begin; w < end; ++w) sample[first + (w - begin) * stride] += row[w];
    }
  });
}

}  // namespace toydl
