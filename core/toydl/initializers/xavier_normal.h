#pragma once

#include <toydl/initializer.h>

namespace toydl {

/// Normal numbers with variance 2 / (fan_in + fan_out): where tanh or nothing follows, signals and gradients then keep
/// their size from layer to layer.
///
///     σ = √(2 / (fan_in + fan_out))
///
/// X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
class XavierNormal : public Initializer {
 public:
  std::string_view type() const override { return "XavierNormal"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  static Descriptor<Initializer> descriptor();
};

}  // namespace toydl
