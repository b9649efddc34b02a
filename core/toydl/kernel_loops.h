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

inline const Scalar* skip(const Scalar* from, std::ptrdiff_t bytes) {
  return reinterpret_cast<const Scalar*>(reinterpret_cast<const char*>(from) + bytes);
}

/// The same number in all lanes. Nothing is subtracted: this is how a vector is made of one number in every compiler.
inline Lanes splat(Scalar number) { return number - Lanes{}; }

/// a · b + c, lane by lane.
inline Lanes multiply_add(Lanes a, Lanes b, Lanes c);

/// A tile of C: its sums stay in registers while k runs.
template <Index rows, Index vectors>
void add_tile(const Scalar* const* a, const std::ptrdiff_t* steps, Index depth, const Scalar* panel, Scalar* c,
              Index c_stride) {
  Lanes sums[rows][vectors];
  const Scalar* from[rows];
  for (Index i = 0; i < rows; ++i) {
    from[i] = a[i];
    for (Index v = 0; v < vectors; ++v) sums[i][v] = load(c + i * c_stride + v * lanes);
  }
  for (const std::ptrdiff_t* const end = steps + depth; steps != end; ++steps, panel += vectors * lanes) {
    Lanes column[rows];
    for (Index i = 0; i < rows; ++i) column[i] = splat(*skip(from[i], *steps));
    for (Index v = 0; v < vectors; ++v) {
      const Lanes row = load(panel + v * lanes);
      for (Index i = 0; i < rows; ++i) sums[i][v] = multiply_add(column[i], row, sums[i][v]);
    }
  }
  for (Index i = 0; i < rows; ++i) {
    for (Index v = 0; v < vectors; ++v) store(c + i * c_stride + v * lanes, sums[i][v]);
  }
}

/// One row of C, from some numbers of a row of A.
template <Index vectors>
void add_row(const Scalar* values, const std::ptrdiff_t* rows, Index count, const Scalar* panel, Scalar* c) {
  Lanes sums[vectors];
  for (Index v = 0; v < vectors; ++v) sums[v] = load(c + v * lanes);
  for (const std::ptrdiff_t* const end = rows + count; rows != end; ++rows, ++values) {
    const Lanes value = splat(*values);
    const Scalar* const row = panel + *rows * (vectors * lanes);
    for (Index v = 0; v < vectors; ++v) sums[v] = multiply_add(value, load(row + v * lanes), sums[v]);
  }
  for (Index v = 0; v < vectors; ++v) store(c + v * lanes, sums[v]);
}

template <Index vectors>
constexpr Kernel::Loops loops{rows_of_tile(vectors), add_tile<rows_of_tile(vectors), vectors>, add_tile<1, vectors>,
                              add_row<vectors>};

// Called through a table, they stay functions of their own, and what assigns registers does better in small functions.
constexpr Kernel::Loops by_vectors[most_sparse_vectors] = {loops<1>, loops<2>, loops<3>, loops<4>,
                                                           loops<5>, loops<6>, loops<7>, loops<8>};
constexpr Kernel this_kernel{lanes, most_vectors, most_sparse_vectors, by_vectors};

}  // namespace
}  // namespace toydl
