#pragma once

#include <cstddef>

namespace toydl {

#ifndef TOYDL_SCALAR
#define TOYDL_SCALAR float
#endif

/// The number type of every tensor. The product is built for float; the tests build the library once more
/// for double (TOYDL_SCALAR=double), because differences of floats are too coarse for a gradient check.
using Scalar = TOYDL_SCALAR;

/// Sizes and positions. Signed, as in Eigen, so that differences are safe.
using Index = std::ptrdiff_t;

}  // namespace toydl
