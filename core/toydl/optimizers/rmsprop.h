#pragma once

#include <toydl/optimizer.h>

namespace toydl {

struct RMSpropOptions {
  double learning_rate = 0.001;
  double rho = 0.9;
  double epsilon = 1e-8;
  double weight_decay = 0;
  double clip_norm = 0;
  Ref<const Schedule> schedule = ConstantSchedule();
};

/// Every weight has a step of its own size, by the mean square of its recent gradients.
///
///     v ← ρ v + (1 - ρ) g²
///     w ← w - η g / (√v + ε)
///
/// T. Tieleman, G. Hinton, Lecture 6.5 of "Neural Networks for Machine Learning", 2012.
class RMSprop : public OptimizerWith<RMSpropOptions> {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit RMSprop(Parameters parameters, Options options = {});

  std::string_view type() const override { return "RMSprop"; }

  void visit_state(StateVisitor& state) override;

  static Descriptor<Optimizer> descriptor();

 protected:
  void update() override;

 private:
  std::vector<Tensor> square_;  // v of each parameter
};

}  // namespace toydl
