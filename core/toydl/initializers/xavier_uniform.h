#pragma once

#include <toydl/initializer.h>

namespace toydl {

/// Uniform numbers with variance 2 / (fan_in + fan_out): where tanh or nothing follows, signals and gradients then keep
/// their size from layer to layer.
///
///     a = √(6 / (fan_in + fan_out)), numbers from -a to a
///
/// X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
class XavierUniform : public Initializer {
 public:
  std::string_view type() const override { return "XavierUniform"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  static Descriptor<Initializer> descriptor();
};

}  // namespace toydl
