#pragma once

#include <toydl/initializer.h>

namespace toydl {

struct OrthogonalOptions {
  double gain = 1;
};

/// A random matrix whose rows, or columns where there are fewer of them, are at right angles and of the same length: it
/// neither stretches nor shrinks what goes through it, which recurrent layers need.
///
///     the shorter side's vectors: normal numbers, made orthonormal one after the other (Gram and Schmidt), times gain
///
/// The tensor counts as a matrix [first dimension, all others]. A. Saxe, J. McClelland, S. Ganguli, "Exact solutions to the
/// nonlinear dynamics of learning in deep linear neural networks", 2014.
class Orthogonal : public Initializer {
 public:
  using Options = OrthogonalOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Orthogonal(Options options = {});

  std::string_view type() const override { return "Orthogonal"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  const Options& options() const { return options_; }

  static Descriptor<Initializer> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
