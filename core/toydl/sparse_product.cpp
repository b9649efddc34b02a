#include <toydl/kernel.h>
#include <toydl/packed_matrix.h>
#include <toydl/parallel.h>
#include <toydl/sparse_product.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace toydl {
namespace {

/// Worth it for no fewer products, and with no more numbers that are not zero: to list them takes time too, and the loop over
/// a list is slower, number for number.
constexpr Index least_sparse_products = 1 << 17;
constexpr Index least_columns = 16;
constexpr double largest_density = 0.5;

/// The share of numbers that are not zero, by looking at some of them, spread all over the matrix.
double density_of(const MatrixView& a) {
  constexpr Index looks = 128;
  const Index size = a.rows * a.cols;
  // An odd step comes to all columns, even where their number is a power of two.
  const Index step = size / looks | 1;
  Index found = 0;
  for (Index n = 0, at = 0; n < looks && at < size; ++n, at += step) found += a(at / a.cols, at % a.cols) != 0;
  return static_cast<double>(found) / looks;
}

/// Numbers that are worth a thread to look through.
constexpr Index least_listed = 1 << 14;

/// Rows whose sums are made together.
constexpr Index sparse_rows_together = 4;

constexpr Index group = 4;

/// Whether a group of numbers is all zeros, by their bits: a negative zero is not seen as one, which does no harm.
bool are_zeros(const Scalar* numbers) {
  uint64_t words[group * sizeof(Scalar) / sizeof(uint64_t)];
  __builtin_memcpy(words, numbers, sizeof words);
  uint64_t all = 0;
  for (const uint64_t word : words) all |= word;
  return all == 0;
}

/// The numbers of A that are not zero, row after row, each with its column.
class SparseRows {
 public:
  /// Memory grows to the largest matrix and then no more.
  void list(const MatrixView& a);

  Index count(Index row) const { return counts_[static_cast<size_t>(row)]; }
  const Scalar* values(Index row) const { return values_.data() + row * room_; }
  const std::ptrdiff_t* columns(Index row) const { return columns_.data() + row * room_; }

 private:
  // Without branches on numbers, which would often be guessed wrongly: what comes after a zero overwrites it. That is why every
  // list has room for one more than it can hold.
  void list_along_rows(MatrixView a, Index begin, Index end);
  void list_along_columns(MatrixView a, Index begin, Index end);

  Index room_ = 0;  // for a row
  std::vector<Scalar> values_;
  std::vector<std::ptrdiff_t> columns_;  // with as many bits as an address: half of an Index in WebAssembly
  std::vector<Index> counts_;
};

void SparseRows::list(const MatrixView& a) {
  room_ = a.cols + 1;
  const auto size = static_cast<size_t>(a.rows * room_);
  if (values_.size() < size) values_.resize(size), columns_.resize(size);
  counts_.assign(static_cast<size_t>(a.rows), 0);
  parallel_for(
      a.rows, least_listed / a.cols + 1,
      [&](Index begin, Index end) {
        // Numbers are looked at in the order in which they lie in memory.
        if (a.col_stride == 1) {
          list_along_rows(a, begin, end);
        } else {
          list_along_columns(a, begin, end);
        }
      },
      sparse_rows_together);
}

/// Where the groups of a line begin that are not all zeros.
std::span<const Index> groups_of(const Scalar* numbers, Index begin, Index end, Index stride) {
  thread_local std::vector<Index> groups;
  const auto room = static_cast<size_t>((end - begin) / group + 2);
  if (groups.size() < room) groups.resize(room);
  Index* next = groups.data();
  for (Index first = begin; first < end; first += group) {
    *next = first;
    next += stride != 1 || first + group > end || !are_zeros(numbers + first);
  }
  return {groups.data(), next};
}

void SparseRows::list_along_rows(MatrixView a, Index begin, Index end) {
  for (Index i = begin; i < end; ++i) {
    const Scalar* const numbers = a.data + i * a.row_stride;
    Scalar* const values = values_.data() + i * room_;
    std::ptrdiff_t* const columns = columns_.data() + i * room_;
    Index count = 0;
    for (const Index first : groups_of(numbers, 0, a.cols, 1)) {
      const Index last = std::min(first + group, a.cols);
      for (Index k = first; k < last; ++k) {
        values[count] = numbers[k];
        columns[count] = static_cast<std::ptrdiff_t>(k);
        count += numbers[k] != 0;
      }
    }
    counts_[static_cast<size_t>(i)] = count;
  }
}

void SparseRows::list_along_columns(MatrixView a, Index begin, Index end) {
  Scalar* const values = values_.data();
  std::ptrdiff_t* const columns = columns_.data();
  Index* const counts = counts_.data();
  const Index room = room_;
  for (Index k = 0; k < a.cols; ++k) {
    const Scalar* const numbers = a.data + k * a.col_stride;
    for (const Index first : groups_of(numbers, begin, end, a.row_stride)) {
      const Index last = std::min(first + group, end);
      for (Index i = first; i < last; ++i) {
        const Scalar number = numbers[i * a.row_stride];
        const Index count = counts[i];
        values[i * room + count] = number;
        columns[i * room + count] = static_cast<std::ptrdiff_t>(k);
        counts[i] = count + (number != 0);
      }
    }
  }
}

/// C += A B, or Cᵀ += A B, by a list of A.
void add_by_list(const MatrixView& a, const MatrixView& b, const MatrixTarget& c, bool c_is_transposed) {
  thread_local PackedMatrix panels_memory;
  thread_local SparseRows list_memory;
  // The names of this thread's own, for the lambda runs on others.
  PackedMatrix& panels = panels_memory;
  SparseRows& list = list_memory;
  const Kernel& kernel = toydl::kernel();

  // As few panels as possible, of much the same width.
  const Index vectors = (b.cols + kernel.lanes - 1) / kernel.lanes, most = kernel.most_sparse_vectors;
  const Index count = (vectors + most - 1) / most;
  const Index width = (vectors + count - 1) / count * kernel.lanes;
  panels.pack(b, width, b.rows);
  list.list(a);

  const Index least_rows = least_sparse_products / (b.rows * b.cols) + 1;
  parallel_for(
      a.rows, least_rows,
      [&](Index begin, Index end) {
        Scalar sums[sparse_rows_together * 128] = {};
        for (Index p = 0; p < panels.panels(); ++p) {
          const Index j = panels.first_column(p), columns = panels.columns(p), width = panels.width(p);
          const auto add_row = kernel.loops(width).add_row;
          for (Index i = begin; i < end; i += sparse_rows_together) {
            const Index rows = std::min(sparse_rows_together, end - i);
            const MatrixView tile(sums, rows, columns, width, 1);
            Scalar* const target = c_is_transposed ? c.data + j * c.row_stride + i : c.data + i * c.row_stride + j;
            MatrixView old(target, rows, columns, c.row_stride, 1);
            if (c_is_transposed) std::swap(old.row_stride, old.col_stride);
            copy(old, {sums, rows, columns, width});
            for (Index r = 0; r < rows; ++r) {
              add_row(list.values(i + r), list.columns(i + r), list.count(i + r), panels.data(0, p), sums + r * width);
            }
            if (c_is_transposed) {
              copy(tile.transposed(), {target, columns, rows, c.row_stride});
            } else {
              copy(tile, {target, rows, columns, c.row_stride});
            }
          }
        }
      },
      sparse_rows_together);
}

}  // namespace

bool add_sparse_product(const MatrixView& a, const MatrixView& b, const MatrixTarget& c) {
  if (a.rows * a.cols * b.cols < least_sparse_products) return false;
  const double a_density = b.cols < least_columns ? 1 : density_of(a);
  const double b_density = a.rows < least_columns ? 1 : density_of(b);
  if (std::min(a_density, b_density) > largest_density) return false;
  if (a_density <= b_density) {
    add_by_list(a, b, c, false);
  } else {
    // C = A B is Cᵀ = Bᵀ Aᵀ, with the matrix of many zeros first.
    add_by_list(b.transposed(), a.transposed(), c, true);
  }
  return true;
}

}  // namespace toydl
