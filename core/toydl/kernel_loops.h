#pragma once

#include <toydl/kernel.h>

// The loops of a kernel, compiled twice: kernel_strict.cpp and kernel_fma.cpp include this with their own `multiply_add`. In
// those files nothing else may stand, for what is compiled for a newer processor must not be shared with the rest.

namespace toydl {
namespace {

/// Bytes in a vector register, of the processor that this is compiled for; 128 bits are SSE, NEON and WebAssembly.
#if defined(__AVX512F__)
constexpr Index vector_size = 64;
#elif defined(__AVX__)
constexpr Index vector_size = 32;
#else
constexpr Index vector_size = 16;
#endif

typedef Scalar Lanes __attribute__((vector_size(vector_size)));
constexpr Index lanes = vector_size / sizeof(Scalar);

/// Tiles by the number of vectors in a row of a panel: as many sums as hide how long one addition takes, and no more than there
/// are registers for, beside a row of B and a number of A. Measured, see kernel.md.
constexpr Index most_vectors = vector_size == 16 ? 4 : 2;
constexpr Index rows_of_tile(Index vectors) {
  if (vector_size == 16) return vectors > 2 ? 2 : 4;
  return vector_size == 32 && vectors == 2 ? 6 : 8;
}
constexpr Index most_sparse_vectors = 8;

inline Lanes load(const Scalar* from) {
  Lanes vector;
  __builtin_memcpy(&vector, from, sizeof vector);
  return vector;
}

inline void store(Scalar* to, Lanes vector) { __builtin_memcpy(to, &vector, sizeof vector); }

inline const Scalar* skip(const Scalar* from, Index bytes) {
  return reinterpret_cast<const Scalar*>(reinterpret_cast<const char*>(from) + bytes);
}

/// a · b + c, of every lane; a is the same number in all.
inline Lanes multiply_add(Scalar a, Lanes b, Lanes c);

/// A tile of C: its sums stay in registers while k runs.
template <Index rows, Index vectors>
void add_tile(const Scalar* const* a, const Index* depths, Index depth, const Scalar* panel, Scalar* c, Index c_stride) {
  Lanes sums[rows][vectors];
  const Scalar* from[rows];
  for (Index i = 0; i < rows; ++i) {
    from[i] = a[i];
    for (Index v = 0; v < vectors; ++v) sums[i][v] = load(c + i * c_stride + v * lanes);
  }
  for (const Index* const end = depths + depth; depths != end; ++depths, panel += vectors * lanes) {
    Scalar column[rows];
    for (Index i = 0; i < rows; ++i) column[i] = *skip(from[i], *depths);
    for (Index v = 0; v < vectors; ++v) {
      const Lanes row = load(panel + v * lanes);
      for (Index i = 0; i < rows; ++i) sums[i][v] = multiply_add(column[i], row, sums[i][v]);
    }
  }
  for (Index i = 0; i < rows; ++i) {
    for (Index v = 0; v < vectors; ++v) store(c + i * c_stride + v * lanes, sums[i][v]);
  }
}

template <Index vectors>
void add_rows(const Scalar* const* a, Index rows, const Index* depths, Index depth, const Scalar* panel, Scalar* c,
              Index c_stride) {
  constexpr Index tile = rows_of_tile(vectors);
  Index i = 0;
  for (; i + tile <= rows; i += tile) add_tile<tile, vectors>(a + i, depths, depth, panel, c + i * c_stride, c_stride);
  for (; i < rows; ++i) add_tile<1, vectors>(a + i, depths, depth, panel, c + i * c_stride, c_stride);
}

/// Calls the one of add_rows<1>, add_rows<2> … that has as many vectors.
template <Index vectors = most_vectors>
void add_dense(const Scalar* const* a, Index rows, const Index* depths, Index depth, const Scalar* panel, Index width,
               Scalar* c, Index c_stride) {
  if (width == vectors * lanes) {
    add_rows<vectors>(a, rows, depths, depth, panel, c, c_stride);
  } else if constexpr (vectors > 1) {
    add_dense<vectors - 1>(a, rows, depths, depth, panel, width, c, c_stride);
  }
}

template <Index vectors = most_sparse_vectors>
void add_sparse(const Scalar* values, const Index* rows, Index count, const Scalar* panel, Index width, Scalar* c) {
  if (width == vectors * lanes) {
    Lanes sums[vectors];
    for (Index v = 0; v < vectors; ++v) sums[v] = load(c + v * lanes);
    for (const Index* const end = rows + count; rows != end; ++rows, ++values) {
      const Scalar value = *values;
      const Scalar* const row = panel + *rows * (vectors * lanes);
      for (Index v = 0; v < vectors; ++v) sums[v] = multiply_add(value, load(row + v * lanes), sums[v]);
    }
    for (Index v = 0; v < vectors; ++v) store(c + v * lanes, sums[v]);
  } else if constexpr (vectors > 1) {
    add_sparse<vectors - 1>(values, rows, count, panel, width, c);
  }
}

constexpr Kernel this_kernel{lanes, most_vectors * lanes, most_sparse_vectors * lanes, add_dense<>, add_sparse<>};

}  // namespace
}  // namespace toydl
