#pragma once

#include "random_tensor.h"

#include <toydl/descriptor.h>
#include <toydl/layer.h>

/// One pass of training or evaluation through a layer; its random numbers follow from the seed.
inline void pass_forward(toydl::Layer& layer, const toydl::Tensor& x, toydl::Tensor& y,
                         toydl::Mode mode = toydl::Mode::evaluation, uint64_t seed = 0) {
  toydl::Rng rng(seed, toydl::Rng::Stream::layers);
  layer.forward(x, y, {mode, rng});
}

/// A batch that suits an example: normal numbers, or indices.
inline toydl::Tensor example_batch(const toydl::Example& example, toydl::Index count, uint64_t seed) {
  toydl::Tensor x = random_tensor(example.input.batch(count), seed);
  if (example.indices > 0) {
    toydl::Rng rng(seed, toydl::Rng::Stream::data);
    for (toydl::Scalar& value : x.values()) value = rng.below(static_cast<uint32_t>(example.indices));
  }
  return x;
}
