#pragma once

#include <toydl/scalar.h>

namespace toydl {

/// How products are added up. `strict` multiplies, rounds, adds, rounds: the same bits on every machine. `fma` rounds once:
/// faster, and its own family of bits, the same wherever the processor has fused multiply-add.
enum class Arithmetic { strict, fma };

/// The innermost loops of a matrix product C += A B, for one panel of B: a few columns of it, laid out row after row, each
/// row filled up with zeros to `width` numbers. See kernel.md.
struct Kernel {
  /// A panel's width is a multiple of `lanes`, the numbers in a vector, and at most `dense_width` or `sparse_width`.
  Index lanes, dense_width, sparse_width;

  /// c[i · c_stride + j] += Σₖ a[i][depths[k]] panel[k · width + j], for all rows i and columns j, k ascending.
  /// a[i] points to row i of A, and depths count bytes.
  void (*add_dense)(const Scalar* const* a, Index rows, const Index* depths, Index depth, const Scalar* panel, Index width,
                    Scalar* c, Index c_stride);

  /// c[j] += Σ values[n] panel[rows[n] · width + j], for all columns j, n ascending.
  void (*add_sparse)(const Scalar* values, const Index* rows, Index count, const Scalar* panel, Index width, Scalar* c);
};

/// The one in use; strict at first, where there is a choice.
const Kernel& kernel();
Arithmetic arithmetic();

/// Changes it, for all products from now on.
/// @throws Error(unsupported) if this machine or this build has none.
void use_arithmetic(Arithmetic arithmetic);

}  // namespace toydl
