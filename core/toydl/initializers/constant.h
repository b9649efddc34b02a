#pragma once

#include <toydl/initializer.h>

namespace toydl {

struct ConstantOptions {
  double value = 0;
};

/// The same number everywhere.
class Constant : public Initializer {
 public:
  using Options = ConstantOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Constant(Options options = {});

  std::string_view type() const override { return "Constant"; }
  void fill(Tensor& tensor, Fans fans, Rng& rng) const override;

  const Options& options() const { return options_; }

  static Descriptor<Initializer> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
