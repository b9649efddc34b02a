#pragma once

#include <toydl/layer.h>

namespace toydl {

struct DropoutOptions {
  double rate = 0.5;
};

/// In training, sets a random part of the numbers to 0, so that a network cannot rely on any of them; else it does nothing.
///
///     y  = x m / (1 - p)        m is 0 with probability p, the rate, else 1; drawn anew for every number and pass
///     dx = dy m / (1 - p)
///     y  = x, dx = dy           outside of training
///
/// The division keeps the mean. N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
class Dropout : public Layer {
 public:
  using Options = DropoutOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Dropout(Options options);
  explicit Dropout(double rate) : Dropout(Options{.rate = rate}) {}

  std::string_view type() const override { return "Dropout"; }
  Shape build(const Shape& in, Rng&) override { return in; }
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  Tensor factors_;  // what each number was multiplied by
};

}  // namespace toydl
