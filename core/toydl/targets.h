#pragma once

#include <toydl/tensor.h>

namespace toydl {

/// Checks that `target` has a number for every number of `prediction` [batch, …]: the same shape, or [batch] for [batch, 1].
/// @throws Error(shape) if not, or if the batch is empty
void require_number_targets(const Tensor& prediction, const Tensor& target);

}  // namespace toydl
