#pragma once

#include <toydl/descriptor.h>
#include <toydl/scalar.h>

namespace toydl {

/// What lies beyond the edge for a window. `valid`: nothing, windows stay inside. `same`: zeros, as many as it takes for
/// ⌈size / stride⌉ windows; where their number is odd, the further one is at the end.
enum class Padding { valid, same };

template <>
inline constexpr std::array choices_of<Padding>{"valid", "same"};

/// The windows that a convolution or a pooling lays along one dimension.
struct Windows {
  Index length;  ///< of the dimension
  Index size;    ///< of a window
  Index stride;  ///< from one window to the next
  Index before;  ///< zeros before the first number
  Index count;   ///< of windows

  /// @throws Error(shape) if a window is longer than the dimension; `dimension` is its name in the message
  static Windows along(Index length, Index size, Index stride, Padding padding, const char* dimension);

  /// Where a window begins; before 0 lie the zeros.
  Index start(Index window) const { return window * stride - before; }
};

/// The patches of one sample: every window's numbers under each other, so that a convolution is a product of matrices.
///
///     patches [channels · rows · cols of a window, windows]        zeros beyond the edge
///
/// Samples are images or sequences in memory: how far it is to the next channel, row and column is in the strides.
struct Patches {
  Index channels, channel_stride;
  Windows rows;
  Index row_stride;
  Windows cols;
  Index col_stride;

  /// Numbers in a window, and windows: the sizes of the matrix.
  Index depth() const { return channels * rows.size * cols.size; }
  Index count() const { return rows.count * cols.count; }

  /// Writes the patches of a sample.
  void gather(const Scalar* sample, Scalar* patches) const;

  /// Adds the patches to a sample, each number where it came from: the derivative of `gather`.
  void scatter_add(const Scalar* patches, Scalar* sample) const;

 private:
  /// Calls `work(patch, first, stride, begin, end)` for every row of patches along a row of windows: those from `begin` to
  /// `end` hold numbers of the sample from position `first` on, `stride` apart; the others are beyond the edge.
  template <class Work>
  void for_each_row(const Work& work) const;
};

}  // namespace toydl
