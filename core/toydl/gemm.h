#pragma once

#include <toydl/tensor.h>

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
};

/// C = A B, with A [m, k], B [k, n], C [m, n].
///
/// Every element of C is summed over k in ascending order, one product after the other, whatever the sizes
/// and however wide the machine's vectors are: this is what makes a run give the same bits everywhere.
/// @throws Error(shape) if the sizes do not fit.
void multiply(const MatrixView& a, const MatrixView& b, const MatrixTarget& c);

/// C += A B. The sums go on from what C holds.
void multiply_add(const MatrixView& a, const MatrixView& b, const MatrixTarget& c);

}  // namespace toydl
