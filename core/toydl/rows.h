#pragma once

#include <toydl/sum.h>

namespace toydl {

// A bias and its gradient, for all rows of the last dimension.

/// x += b, to every row.
void add_to_rows(const Tensor& b, Tensor& x);

/// db += Σ dy over the rows.
void add_sum_of_rows(const Tensor& dy, Tensor& db);

/// db += Σ dy over the numbers of each channel.
void add_sum_of_channels(const Channels& layout, const Tensor& dy, Tensor& db);

}  // namespace toydl
