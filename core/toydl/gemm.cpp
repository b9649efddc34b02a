#include <toydl/error.h>
#include <toydl/gemm.h>
#include <toydl/kernel.h>
#include <toydl/parallel.h>
#include <toydl/sparse_product.h>

#include <algorithm>

namespace toydl {
namespace {

/// Products that are worth a thread.
constexpr Index least_products = 1 << 17;

/// A multiple of the rows of every kernel's tiles, so that threads do not cut them.
constexpr Index rows_together = 24;

void require_fit(Index a_rows, Index a_cols, Index b_rows, Index b_cols, const MatrixTarget& c) {
  if (a_cols != b_rows || c.rows != a_rows || c.cols != b_cols) {
    throw Error(ErrorCode::shape, concat("cannot multiply [", a_rows, ", ", a_cols, "] by [", b_rows, ", ", b_cols,
                                         "] into [", c.rows, ", ", c.cols, "]"));
  }
}

/// Memory that is kept from call to call: it grows to the largest product and then allocates no more.
template <class Number>
Number* grown(std::vector<Number>& memory, Index size) {
  if (static_cast<size_t>(size) > memory.size()) memory.resize(static_cast<size_t>(size));
  return memory.data();
}

/// All rows of C in the columns of a panel, tile by tile.
void add_panel(const Scalar* const* a, Index rows, const std::ptrdiff_t* steps, Index depth, const Scalar* panel,
               Index width, Scalar* c, Index c_stride) {
  const Kernel::Loops& loops = kernel().loops(width);
  Index i = 0;
  for (; i + loops.tile_rows <= rows; i += loops.tile_rows) {
    loops.add_tile(a + i, steps, depth, panel, c + i * c_stride, c_stride);
  }
  for (; i < rows; ++i) loops.add_tile_row(a + i, steps, depth, panel, c + i * c_stride, c_stride);
}

/// The rows of C from `begin` to `end`. `row_of_a(i)` points to row i of A, and `step(k)` is how far its number k is from there.
template <class Row, class Step>
void add_rows(const Row& row_of_a, const Step& step, const PackedMatrix& b, const MatrixTarget& c, Index begin,
              Index end) {
  thread_local std::vector<std::ptrdiff_t> step_memory;
  thread_local std::vector<const Scalar*> row_memory;
  thread_local std::vector<Scalar> edge_memory;
  const Index rows = end - begin;
  std::ptrdiff_t* const steps = grown(step_memory, b.rows());
  for (Index k = 0; k < b.rows(); ++k)
    steps[k] = static_cast<std::ptrdiff_t>(step(k) * static_cast<Index>(sizeof(Scalar)));
  const Scalar** const a = grown(row_memory, rows);
  for (Index i = 0; i < rows; ++i) a[i] = row_of_a(begin + i);

  for (Index k = 0; k < b.rows(); k += b.depth()) {
    const Index depth = std::min(b.depth(), b.rows() - k);
    for (Index p = 0; p < b.panels(); ++p) {
      const Index width = b.width(p), columns = b.columns(p);
      Scalar* const target = c.data + begin * c.row_stride + b.first_column(p);
      if (columns == width) {
        add_panel(a, rows, steps + k, depth, b.data(k, p), width, target, c.row_stride);
      } else {
        // The last panel is wider than what there is of C: its sums are made beside C.
        Scalar* const edge = grown(edge_memory, rows * width);
        copy({target, rows, columns, c.row_stride, 1}, {edge, rows, columns, width});
        add_panel(a, rows, steps + k, depth, b.data(k, p), width, edge, width);
        copy({edge, rows, columns, width, 1}, {target, rows, columns, c.row_stride});
      }
    }
  }
}

/// Calls `work(begin, end)` for the rows of C, shared out among threads.
template <class Work>
void for_rows(const PackedMatrix& b, const MatrixTarget& c, const Work& work) {
  parallel_for(c.rows, least_products / (b.rows() * b.cols() + 1) + 1, work, rows_together);
}

void clear(const MatrixTarget& c) {
  const bool together = c.row_stride == c.cols;
  const Index runs = together ? 1 : c.rows, length = together ? c.rows * c.cols : c.cols;
  for (Index i = 0; i < runs; ++i) std::fill_n(c.data + i * c.row_stride, length, Scalar(0));
}

}  // namespace

void multiply_add(const MatrixView& a, const MatrixView& b, const MatrixTarget& c) {
  require_fit(a.rows, a.cols, b.rows, b.cols, c);
  if (add_sparse_product(a, b, c)) return;
  thread_local PackedMatrix packed;
  packed.pack(b);
  multiply_add(a, packed, c);
}

void multiply_add(const MatrixView& a, const PackedMatrix& b, const MatrixTarget& c) {
  require_fit(a.rows, a.cols, b.rows(), b.cols(), c);
  const bool copies = a.col_stride != 1 && b.panels() > 1;
  for_rows(b, c, [&](Index begin, Index end) {
    MatrixView rows(a.data + begin * a.row_stride, end - begin, a.cols, a.row_stride, a.col_stride);
    if (copies) {
      // Down a column every number is on a cache line of its own, and each panel of B would go through all of them again.
      thread_local std::vector<Scalar> memory;
      Scalar* const numbers = grown(memory, rows.rows * rows.cols);
      copy(rows, {numbers, rows.rows, rows.cols, rows.cols});
      rows = {numbers, rows.rows, rows.cols, rows.cols, 1};
    }
    add_rows([&](Index i) { return rows.data + (i - begin) * rows.row_stride; },
             [&](Index k) { return k * rows.col_stride; }, b, c, begin, end);
  });
}

void multiply_add(const ScatteredView& a, const PackedMatrix& b, const MatrixTarget& c) {
  require_fit(static_cast<Index>(a.rows.size()), static_cast<Index>(a.cols.size()), b.rows(), b.cols(), c);
  for_rows(b, c, [&](Index begin, Index end) {
    add_rows([&](Index i) { return a.data + a.rows[static_cast<size_t>(i)]; },
             [&](Index k) { return a.cols[static_cast<size_t>(k)]; }, b, c, begin, end);
  });
}

void multiply(const MatrixView& a, const MatrixView& b, const MatrixTarget& c) {
  clear(c);
  multiply_add(a, b, c);
}

void multiply(const MatrixView& a, const PackedMatrix& b, const MatrixTarget& c) {
  clear(c);
  multiply_add(a, b, c);
}

void multiply(const ScatteredView& a, const PackedMatrix& b, const MatrixTarget& c) {
  clear(c);
  multiply_add(a, b, c);
}

}  // namespace toydl
