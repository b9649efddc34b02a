#pragma once

#include <toydl/rng.h>
#include <toydl/tensor.h>

/// Normal numbers, the same for the same seed.
inline toydl::Tensor random_tensor(const toydl::Shape& shape, uint64_t seed) {
  toydl::Rng rng(seed, toydl::Rng::Stream::data);
  toydl::Tensor tensor(shape);
  for (toydl::Scalar& value : tensor.values()) value = rng.normal();
  return tensor;
}

inline bool same_bits(const toydl::Tensor& a, const toydl::Tensor& b) {
  return a.shape() == b.shape() &&
         __builtin_memcmp(a.data(), b.data(), static_cast<size_t>(a.size()) * sizeof(toydl::Scalar)) == 0;
}
