#pragma once

#include <cstdint>

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
