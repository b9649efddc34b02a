#include <toydl/kernel.h>
#include <toydl/packed_matrix.h>
#include <toydl/parallel.h>

#include <algorithm>

namespace toydl {
namespace {

/// With 16 columns, a panel of so many rows fills half of a first-level cache.
constexpr Index block_depth = 256;

/// Numbers that are worth a thread.
constexpr Index least_numbers = 1 << 15;

}  // namespace

void PackedMatrix::pack(const MatrixView& b) { pack(b, kernel().most_vectors * kernel().lanes, block_depth); }

void PackedMatrix::pack(const MatrixView& b, Index width, Index depth) {
  const Index lanes = kernel().lanes;
  rows_ = b.rows;
  cols_ = b.cols;
  padded_cols_ = (cols_ + lanes - 1) / lanes * lanes;
  width_ = width;
  depth_ = depth;
  const auto size = static_cast<size_t>(rows_ * padded_cols_);
  if (numbers_.size() < size) numbers_.resize(size);
  parallel_for(panels(), least_numbers / (rows_ * width_ + 1) + 1, [&](Index begin, Index end) {
    for (Index k = 0; k < rows_; k += depth_) {
      const Index rows = std::min(depth_, rows_ - k);
      for (Index p = begin; p < end; ++p) {
        const Index j = first_column(p), columns = this->columns(p), stride = this->width(p);
        Scalar* const panel = numbers_.data() + position(k, p);
        copy({b.data + k * b.row_stride + j * b.col_stride, rows, columns, b.row_stride, b.col_stride},
             {panel, rows, columns, stride});
        if (columns == stride) continue;
        for (Index i = 0; i < rows; ++i) std::fill(panel + i * stride + columns, panel + (i + 1) * stride, Scalar(0));
      }
    }
  });
}

Index PackedMatrix::position(Index row, Index panel) const {
  return row * padded_cols_ + first_column(panel) * std::min(depth_, rows_ - row);
}

}  // namespace toydl
