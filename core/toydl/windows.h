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

}  // namespace toydl
