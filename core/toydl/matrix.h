#pragma once

#include <toydl/tensor.h>

#include <span>

namespace toydl {

/// A matrix somewhere in memory, read through strides, so that a transposition costs nothing.
struct MatrixView {
  const Scalar* data;
  Index rows;
  Index cols;
  Index row_stride;
  Index col_stride;

  /// A tensor as [first dimension, all others].
  MatrixView(const Tensor& tensor) : MatrixView(tensor.data(), tensor.rows(), tensor.cols(), tensor.cols(), 1) {}
  MatrixView(const Scalar* data, Index rows, Index cols, Index row_stride, Index col_stride)
      : data(data), rows(rows), cols(cols), row_stride(row_stride), col_stride(col_stride) {}

  /// A tensor as [all others, last dimension].
  static MatrixView rows_of(const Tensor& tensor) {
    const Index cols = tensor.shape().back();
    return {tensor.data(), cols == 0 ? 0 : tensor.size() / cols, cols, cols, 1};
  }

  MatrixView transposed() const { return {data, cols, rows, col_stride, row_stride}; }
  Scalar operator()(Index row, Index col) const { return data[row * row_stride + col * col_stride]; }
};

/// A matrix whose element (i, j) lies at data[rows[i] + cols[j]]. The patches of an image are one: they overlap, and so
/// need not be written down.
struct ScatteredView {
  const Scalar* data;
  std::span<const Index> rows;
  std::span<const Index> cols;

  ScatteredView transposed() const { return {data, cols, rows}; }
  ScatteredView middle_rows(Index first, Index count) const {
    return {data, rows.subspan(static_cast<size_t>(first), static_cast<size_t>(count)), cols};
  }
};

/// A matrix to write to: `rows` runs of `cols` numbers, `row_stride` from one to the next.
struct MatrixTarget {
  Scalar* data;
  Index rows;
  Index cols;
  Index row_stride;

  /// A tensor as [first dimension, all others]; its shape stays.
  MatrixTarget(Tensor& tensor) : MatrixTarget(tensor.data(), tensor.rows(), tensor.cols(), tensor.cols()) {}
  /// A tensor as [all others, last dimension].
  static MatrixTarget rows_of(Tensor& tensor) {
    const Index cols = tensor.shape().back();
    return {tensor.data(), cols == 0 ? 0 : tensor.size() / cols, cols, cols};
  }

  MatrixTarget(Scalar* data, Index rows, Index cols, Index row_stride)
      : data(data), rows(rows), cols(cols), row_stride(row_stride) {}

  /// The same numbers, to read.
  MatrixView view() const { return {data, rows, cols, row_stride, 1}; }
};

/// Copies a few numbers. For long runs there is std::copy; in WebAssembly it leaves the compiled code for each call, which for short
/// ones takes longer than the copying.
inline void copy_few(const Scalar* from, Index count, Scalar* to) {
  constexpr Index together = 16 / sizeof(Scalar);
  Index i = 0;
  for (; i + together <= count; i += together) __builtin_memcpy(to + i, from + i, together * sizeof(Scalar));
  for (; i < count; ++i) to[i] = from[i];
}

/// Copies `from`, row by row or, where that is how it lies, column by column; the sizes must be the same.
void copy(const MatrixView& from, const MatrixTarget& to);

}  // namespace toydl
