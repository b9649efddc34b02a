#pragma once

#include <toydl/optimizer.h>

namespace toydl {

struct MomentumOptions {
  double learning_rate = 0.01;
  double momentum = 0.9;
  bool nesterov = false;
  double weight_decay = 0;
  double clip_norm = 0;
  Ref<const Schedule> schedule = ConstantSchedule();
};

/// Gradient descent with a velocity, which gathers speed where gradients agree.
///
///     v ← μ v + g
///     w ← w - η v                with Nesterov's momentum: w ← w - η (g + μ v)
///
/// B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; I. Sutskever et al., "On the
/// importance of initialization and momentum in deep learning", 2013 (Nesterov).
class Momentum : public OptimizerWith<MomentumOptions> {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit Momentum(Parameters parameters, Options options = {});

  std::string_view type() const override { return "Momentum"; }

  void visit_state(StateVisitor& state) override;

  static Descriptor<Optimizer> descriptor();

 protected:
  void update() override;

 private:
  std::vector<Tensor> velocity_;  // v of each parameter
};

}  // namespace toydl
