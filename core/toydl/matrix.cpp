#include <toydl/matrix.h>

namespace toydl {
namespace {

constexpr Index block = 4;

/// to[j][i] = from[i][j], a square of 4 × 4 numbers: two rounds of interleaving its rows.
[[maybe_unused]] void transpose_block(const float* from, Index from_stride, float* to, Index to_stride) {
  typedef float Lanes __attribute__((vector_size(16)));
  Lanes row[block];
  for (Index i = 0; i < block; ++i) __builtin_memcpy(&row[i], from + i * from_stride, sizeof(Lanes));
  const Lanes low01 = __builtin_shufflevector(row[0], row[1], 0, 4, 1, 5);
  const Lanes high01 = __builtin_shufflevector(row[0], row[1], 2, 6, 3, 7);
  const Lanes low23 = __builtin_shufflevector(row[2], row[3], 0, 4, 1, 5);
  const Lanes high23 = __builtin_shufflevector(row[2], row[3], 2, 6, 3, 7);
  const Lanes col[block] = {
      __builtin_shufflevector(low01, low23, 0, 1, 4, 5), __builtin_shufflevector(low01, low23, 2, 3, 6, 7),
      __builtin_shufflevector(high01, high23, 0, 1, 4, 5), __builtin_shufflevector(high01, high23, 2, 3, 6, 7)};
  for (Index j = 0; j < block; ++j) __builtin_memcpy(to + j * to_stride, &col[j], sizeof(Lanes));
}

[[maybe_unused]] void transpose_block(const double* from, Index from_stride, double* to, Index to_stride) {
  for (Index i = 0; i < block; ++i) {
    for (Index j = 0; j < block; ++j) to[j * to_stride + i] = from[i * from_stride + j];
  }
}

}  // namespace

void copy(const MatrixView& from, const MatrixTarget& to) {
  if (from.col_stride == 1) {
    for (Index i = 0; i < from.rows; ++i) {
      copy_few(from.data + i * from.row_stride, from.cols, to.data + i * to.row_stride);
    }
    return;
  }
  // Column j of `from` lies together where row_stride is 1: squares of it are turned over in registers.
  const Index rows_in_blocks = from.row_stride == 1 ? from.rows / block * block : 0;
  const Index cols_in_blocks = from.cols / block * block;
  for (Index i = 0; i < from.rows; ++i) {
    const bool in_blocks = i < rows_in_blocks;
    if (in_blocks && i % block == 0) {
      for (Index j = 0; j < cols_in_blocks; j += block) {
        transpose_block(from.data + i + j * from.col_stride, from.col_stride, to.data + i * to.row_stride + j,
                        to.row_stride);
      }
    }
    for (Index j = in_blocks ? cols_in_blocks : 0; j < from.cols; ++j) to.data[i * to.row_stride + j] = from(i, j);
  }
}

}  // namespace toydl
