#pragma once

#include <toydl/matrix.h>

#include <vector>

namespace toydl {

/// A matrix B, laid out as the kernel reads it: panels of a few columns, each row after row. Worth keeping where it takes part
/// in more than one product.
class PackedMatrix {
 public:
  /// Its memory grows and never shrinks.
  void pack(const MatrixView& b);

  /// In panels of `width` columns, a multiple of the kernel's lanes, and blocks of `depth` rows. The last panel is as narrow
  /// as whole vectors allow.
  void pack(const MatrixView& b, Index width, Index depth);

  Index rows() const { return rows_; }
  Index cols() const { return cols_; }
  Index panels() const { return (cols_ + width_ - 1) / width_; }
  Index depth() const { return depth_; }

  /// The rows from `row`, the first of a block, on, in the columns of a panel: width(panel) numbers each.
  const Scalar* data(Index row, Index panel) const { return numbers_.data() + position(row, panel); }
  Index first_column(Index panel) const { return panel * width_; }
  /// With the zeros that fill the last panel up, and without.
  Index width(Index panel) const { return std::min(width_, padded_cols_ - panel * width_); }
  Index columns(Index panel) const { return std::min(width_, cols_ - panel * width_); }

 private:
  Index position(Index row, Index panel) const;

  std::vector<Scalar> numbers_;
  Index rows_ = 0, cols_ = 0, padded_cols_ = 0;
  Index width_ = 1, depth_ = 1;
};

}  // namespace toydl
