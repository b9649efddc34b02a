#pragma once

#include <toydl/optimizer.h>

namespace toydl {

struct SGDOptions {
  double learning_rate = 0.01;
  double weight_decay = 0;
  double clip_norm = 0;
  Ref<const Schedule> schedule = ConstantSchedule();
};

/// Stochastic gradient descent: every parameter goes a little way against its gradient.
///
///     w ← w - η g        η and g as every optimizer has them (Optimizer)
///
/// H. Robbins, S. Monro, "A Stochastic Approximation Method", 1951.
class SGD : public OptimizerWith<SGDOptions> {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit SGD(Parameters parameters, Options options = {});

  std::string_view type() const override { return "SGD"; }

  static Descriptor<Optimizer> descriptor();

 protected:
  void update() override;
};

}  // namespace toydl
