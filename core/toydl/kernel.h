#pragma once

#include <toydl/scalar.h>

#include <cstddef>

namespace toydl {

/// How products are added up. `strict` multiplies, rounds, adds, rounds: the same bits on every machine. `fma` rounds once:
/// faster, and its own family of bits, the same wherever the processor has fused multiply-add.
enum class Arithmetic { strict, fma };

/// The innermost loops of a matrix product C += A B. They take B in panels: a few of its columns, row after row, each row filled up
/// with zeros to a whole number of vectors. See kernel.md.
struct Kernel {
  /// c[i · c_stride + j] += Σₖ a[i][steps[k]] panel[k · width + j], for the rows i and columns j of a tile of C, k ascending.
  /// a[i] points to row i of A, and steps are bytes.
  using AddTile = void (*)(const Scalar* const* a, const std::ptrdiff_t* steps, Index depth, const Scalar* panel,
                           Scalar* c, Index c_stride);

  /// c[j] += Σₙ values[n] panel[rows[n] · width + j], for the columns j of a panel, n ascending.
  using AddRow = void (*)(const Scalar* values, const std::ptrdiff_t* rows, Index count, const Scalar* panel,
                          Scalar* c);

  /// For panels of one width: how many rows a tile has, and the loops for a tile, for one row, and for one row of which only some
  /// numbers are given.
  struct Loops {
    Index tile_rows;
    AddTile add_tile, add_tile_row;
    AddRow add_row;
  };

  /// Numbers in a vector; panels are as many vectors wide as there are loops for, most_vectors at most in a product of all numbers.
  Index lanes;
  Index most_vectors, most_sparse_vectors;
  const Loops* by_vectors;

  const Loops& loops(Index width) const { return by_vectors[width / lanes - 1]; }
};

/// The one in use; strict at first, where there is a choice.
const Kernel& kernel();
Arithmetic arithmetic();

/// Changes it, for all products from now on.
/// @throws Error(unsupported) if this machine or this build has none.
void use_arithmetic(Arithmetic arithmetic);

}  // namespace toydl
