#pragma once

#include <toydl/initializer.h>

namespace toydl {

struct NormalOptions {
  double mean = 0;
  double std = 0.01;
};

/// Numbers from a normal distribution with the given mean and standard deviation.
class Normal : public Initializer {
 public:
  using Options = NormalOptions;

  /// @throws Error(option) if the standard deviation is negative.
  explicit Normal(Options options = {});

  std::string_view type() const override { return "Normal"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  const Options& options() const { return options_; }

  static Descriptor<Initializer> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
