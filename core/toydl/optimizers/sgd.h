#pragma once

#include <toydl/optimizer.h>

namespace toydl {

struct SGDOptions {
  double learning_rate = 0.01;
};

/// Stochastic gradient descent: every parameter goes a little way against its gradient.
///
///     w ← w - η dw        η is the learning rate
///
/// H. Robbins, S. Monro, "A Stochastic Approximation Method", 1951.
class SGD : public Optimizer {
 public:
  using Options = SGDOptions;

  explicit SGD(Parameters parameters, Options options = {});

  std::string_view type() const override { return "SGD"; }

  /// With the learning rate of now.
  Options options() const { return {.learning_rate = learning_rate()}; }

  static Descriptor<Optimizer> descriptor();

 protected:
  void update() override;
};

}  // namespace toydl
