#pragma once

#include <toydl/scalar.h>

namespace toydl {

// Functions of math.h for many numbers, in place or from x to y. Loops of their own, because compilers vectorise those and not
// the same loops within others.

/// y = σ(x), for `count` numbers.
void sigmoid(const Scalar* x, Scalar* y, Index count);

/// y = tanh x, for `count` numbers.
void tanh(const Scalar* x, Scalar* y, Index count);

}  // namespace toydl
