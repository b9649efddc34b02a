#pragma once

#include <cfloat>
#include <cstdint>

// The same bits everywhere need arithmetic as IEEE 754 has it: every operation rounded once, to the type that it is written in.
#ifdef __FAST_MATH__
#error "ToyDL cannot be compiled with -ffast-math or -Ofast, which change the order of sums and what NaN is: use -O3."
#endif
#if FLT_EVAL_METHOD != 0
#error "ToyDL needs floats that are computed as floats. On x86 without SSE add -msse2 -mfpmath=sse."
#endif

namespace toydl {

#ifndef TOYDL_SCALAR
#define TOYDL_SCALAR float
#endif

/// The number type of every tensor. The product is built for float; the tests build the library once more
/// for double (TOYDL_SCALAR=double), because differences of floats are too coarse for a gradient check.
using Scalar = TOYDL_SCALAR;

/// Sizes and positions: 64 bits on every machine, so that no product of sizes overflows. Signed, as in Eigen, so that differences
/// are safe.
using Index = std::int64_t;

}  // namespace toydl
