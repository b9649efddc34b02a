#pragma once

#include <toydl/initializer.h>

namespace toydl {

/// Uniform numbers with variance 2 / fan_in: where ReLU follows, signals then keep their size from layer to layer.
///
///     a = √(6 / fan_in), numbers from -a to a
///
/// K. He et al., "Delving Deep into Rectifiers", 2015.
class HeUniform : public Initializer {
 public:
  std::string_view type() const override { return "HeUniform"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  static Descriptor<Initializer> descriptor();
};

}  // namespace toydl
