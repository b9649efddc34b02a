#pragma once

#include <toydl/packed_matrix.h>

namespace toydl {

// Matrix products. Every element of C is summed over k in ascending order, one product after the other, whatever the sizes,
// however wide the machine's vectors and however many its threads: this is what makes a run give the same bits everywhere.
// How they are computed, and why so, is in kernel.md.

/// C = A B, with A [m, k], B [k, n], C [m, n].
/// @throws Error(shape) if the sizes do not fit.
void multiply(const MatrixView& a, const MatrixView& b, const MatrixTarget& c);
void multiply(const MatrixView& a, const PackedMatrix& b, const MatrixTarget& c);
void multiply(const ScatteredView& a, const PackedMatrix& b, const MatrixTarget& c);

/// C += A B. The sums go on from what C holds.
///
/// Where most of A or of B is exactly zero, products with those zeros are left out. That changes no bit of a sum, for
/// x + 0 · w is x; only where w is infinite or NaN would it have become NaN.
void multiply_add(const MatrixView& a, const MatrixView& b, const MatrixTarget& c);
void multiply_add(const MatrixView& a, const PackedMatrix& b, const MatrixTarget& c);
void multiply_add(const ScatteredView& a, const PackedMatrix& b, const MatrixTarget& c);

}  // namespace toydl
