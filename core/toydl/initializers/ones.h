#pragma once

#include <toydl/initializer.h>

namespace toydl {

/// All ones: the usual start for the scale of a normalisation.
class Ones : public Initializer {
 public:
  std::string_view type() const override { return "Ones"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  static Descriptor<Initializer> descriptor();
};

}  // namespace toydl
