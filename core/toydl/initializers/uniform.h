#pragma once

#include <toydl/initializer.h>

namespace toydl {

struct UniformOptions {
  double low = -0.05;
  double high = 0.05;
};

/// Numbers from low to high, all equally likely.
class Uniform : public Initializer {
 public:
  using Options = UniformOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Uniform(Options options = {});

  std::string_view type() const override { return "Uniform"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  const Options& options() const { return options_; }

  static Descriptor<Initializer> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
