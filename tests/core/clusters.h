#pragma once

#include "random_tensor.h"

#include <toydl/dataset.h>

/// Samples of three classes, each around a point of its own: learnt in a few steps.
inline toydl::Dataset clusters(toydl::Index count) {
  toydl::Tensor x = random_tensor({count, 4}, 9);
  toydl::Tensor y({count});
  for (toydl::Index i = 0; i < count; ++i) {
    const toydl::Index label = i % 3;
    y[i] = static_cast<toydl::Scalar>(label);
    x[i * 4 + label] += 6;
  }
  return {x, y};
}
