#include <toydl/error.h>
#include <toydl/gemm.h>

#include <algorithm>
#include <vector>

// The product is made of tiles of 2 rows by 16 columns. A tile's 32 sums stay in registers (8 of 128 bits) while k
// runs, and each step of k reads 16 numbers of B and 2 of A, which are packed beforehand so that both lie in
// memory in just the order in which they are read. k is cut into blocks that keep a packed panel of B in the first-level
// cache; a later block goes on with the sums of the one before, so the cut changes no bit.

namespace toydl {
namespace {

constexpr Index tile_rows = 2;
constexpr Index tile_cols = 16;
constexpr Index block_depth = 256;

constexpr Index lanes_per_vector = 16 / sizeof(Scalar);
constexpr Index vectors_per_row = tile_cols / lanes_per_vector;

/// 128 bits of numbers: a vector register of SSE, NEON and WebAssembly.
typedef Scalar Lanes __attribute__((vector_size(16)));

Lanes load(const Scalar* from) {
  Lanes lanes;
  __builtin_memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

void store(Scalar* to, Lanes lanes) { __builtin_memcpy(to, &lanes, sizeof lanes); }

/// Rows [0, a.rows) and columns [k, k + depth) of A as pairs of rows, k by k; a missing second row is zeros.
void pack_a(const MatrixView& a, Index k, Index depth, Scalar* packed) {
  for (Index i = 0; i < a.rows; i += tile_rows) {
    const bool pair = i + 1 < a.rows;
    for (Index d = 0; d < depth; ++d) {
      *packed++ = a(i, k + d);
      *packed++ = pair ? a(i + 1, k + d) : Scalar(0);
    }
  }
}

/// Rows [k, k + depth) and `width` columns from `column` of B, k by k, filled up with zeros to 16 columns.
void pack_b(const MatrixView& b, Index k, Index depth, Index column, Index width, Scalar* packed) {
  for (Index d = 0; d < depth; ++d, packed += tile_cols) {
    for (Index j = 0; j < width; ++j) packed[j] = b(k + d, column + j);
    std::fill(packed + width, packed + tile_cols, Scalar(0));
  }
}

/// Adds to a tile of C, at `c` with `stride` numbers from row to row, `depth` products for each element.
void add_tile(const Scalar* a, const Scalar* b, Index depth, Scalar* c, Index stride) {
  Lanes sums[tile_rows][vectors_per_row];
  for (Index r = 0; r < tile_rows; ++r) {
    for (Index v = 0; v < vectors_per_row; ++v) sums[r][v] = load(c + r * stride + v * lanes_per_vector);
  }
  for (Index d = 0; d < depth; ++d, a += tile_rows, b += tile_cols) {
    for (Index v = 0; v < vectors_per_row; ++v) {
      const Lanes column = load(b + v * lanes_per_vector);
      for (Index r = 0; r < tile_rows; ++r) sums[r][v] += a[r] * column;
    }
  }
  for (Index r = 0; r < tile_rows; ++r) {
    for (Index v = 0; v < vectors_per_row; ++v) store(c + r * stride + v * lanes_per_vector, sums[r][v]);
  }
}

/// A tile at the edge of C, of which only `rows` and `cols` exist: through a full tile beside it.
void add_edge_tile(const Scalar* a, const Scalar* b, Index depth, Scalar* c, Index stride, Index rows, Index cols) {
  Scalar tile[tile_rows * tile_cols] = {};
  for (Index r = 0; r < rows; ++r) std::copy_n(c + r * stride, cols, tile + r * tile_cols);
  add_tile(a, b, depth, tile, tile_cols);
  for (Index r = 0; r < rows; ++r) std::copy_n(tile + r * tile_cols, cols, c + r * stride);
}

void require_fit(const MatrixView& a, const MatrixView& b, const MatrixTarget& c) {
  if (a.cols != b.rows || c.rows != a.rows || c.cols != b.cols) {
    throw Error(ErrorCode::shape, concat("cannot multiply [", a.rows, ", ", a.cols, "] by [", b.rows, ", ", b.cols,
                                         "] into [", c.rows, ", ", c.cols, "]"));
  }
}

}  // namespace

void multiply(const MatrixView& a, const MatrixView& b, const MatrixTarget& c) {
  require_fit(a, b, c);
  for (Index i = 0; i < c.rows; ++i) std::fill_n(c.data + i * c.row_stride, c.cols, Scalar(0));
  multiply_add(a, b, c);
}

void multiply_add(const MatrixView& a, const MatrixView& b, const MatrixTarget& c) {
  require_fit(a, b, c);
  const Index depth_at_most = std::min(block_depth, a.cols);
  const Index row_pairs = (a.rows + tile_rows - 1) / tile_rows;

  // Kept from call to call: it grows to the largest product and then allocates no more.
  thread_local std::vector<Scalar> workspace;
  const auto needed = static_cast<size_t>((row_pairs * tile_rows + tile_cols) * depth_at_most);
  if (workspace.size() < needed) workspace.resize(needed);
  Scalar* const packed_b = workspace.data();
  Scalar* const packed_a = packed_b + tile_cols * depth_at_most;

  for (Index k = 0; k < a.cols; k += block_depth) {
    const Index depth = std::min(block_depth, a.cols - k);
    pack_a(a, k, depth, packed_a);
    for (Index j = 0; j < b.cols; j += tile_cols) {
      const Index cols = std::min(tile_cols, b.cols - j);
      pack_b(b, k, depth, j, cols, packed_b);
      for (Index i = 0; i < a.rows; i += tile_rows) {
        const Index rows = std::min(tile_rows, a.rows - i);
        Scalar* const tile = c.data + i * c.row_stride + j;
        if (rows == tile_rows && cols == tile_cols) {
          add_tile(packed_a + i * depth, packed_b, depth, tile, c.row_stride);
        } else {
          add_edge_tile(packed_a + i * depth, packed_b, depth, tile, c.row_stride, rows, cols);
        }
      }
    }
  }
}

}  // namespace toydl
