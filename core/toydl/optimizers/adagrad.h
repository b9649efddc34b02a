#pragma once

#include <toydl/optimizer.h>

namespace toydl {

struct AdagradOptions {
  double learning_rate = 0.01;
  double epsilon = 1e-10;
  double weight_decay = 0;
  double clip_norm = 0;
  Ref<const Schedule> schedule = ConstantSchedule();
};

/// Every weight has a step of its own size, which falls with all the gradients it has seen: rare features learn fast.
///
///     v ← v + g²
///     w ← w - η g / (√v + ε)
///
/// J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011.
class Adagrad : public OptimizerWith<AdagradOptions> {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit Adagrad(Parameters parameters, Options options = {});

  std::string_view type() const override { return "Adagrad"; }

  void visit_state(StateVisitor& state) override;

  static Descriptor<Optimizer> descriptor();

 protected:
  void update() override;

 private:
  std::vector<Tensor> square_sum_;  // v of each parameter
};

}  // namespace toydl
