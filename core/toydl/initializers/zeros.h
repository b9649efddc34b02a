#pragma once

#include <toydl/initializer.h>

namespace toydl {

/// All zeros: the usual start for biases. Weights that all start equal would stay equal.
class Zeros : public Initializer {
 public:
  std::string_view type() const override { return "Zeros"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  static Descriptor<Initializer> descriptor();
};

}  // namespace toydl
