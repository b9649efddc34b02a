#pragma once

#include <toydl/scalar.h>

namespace toydl {

// Functions of math.h for many numbers. Loops of their own, because compilers vectorise those and not the same loops within others;
// and in place or not, because they must know.

/// y = σ(x), for `count` numbers that do not overlap.
void sigmoid(const Scalar* x, Scalar* y, Index count);
/// x = σ(x)
void sigmoid(Scalar* x, Index count);

/// y = tanh x, for `count` numbers that do not overlap.
void tanh(const Scalar* x, Scalar* y, Index count);
/// x = tanh x
void tanh(Scalar* x, Index count);

}  // namespace toydl
