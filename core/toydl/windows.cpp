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

}  // namespace toydl
