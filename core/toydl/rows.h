#pragma once

#include <toydl/tensor.h>

namespace toydl {

// A bias and its gradient, for all rows of the last dimension.

/// x += b, to every row.
void add_to_rows(const Tensor& b, Tensor& x);

/// db += Σ dy over the rows.
void add_sum_of_rows(const Tensor& dy, Tensor& db);

}  // namespace toydl
