#pragma once

#include <toydl/initializer.h>

namespace toydl {

/// Numbers from a normal distribution with mean 0 and variance 2 / fan_in: where ReLU follows, signals then keep their
/// size from layer to layer.
///
/// K. He et al., "Delving Deep into Rectifiers", 2015.
class HeNormal : public Initializer {
 public:
  std::string_view type() const override { return "HeNormal"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  static Descriptor<Initializer> descriptor();
};

}  // namespace toydl
