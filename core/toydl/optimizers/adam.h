#pragma once

#include <toydl/optimizer.h>

namespace toydl {

struct AdamOptions {
  double learning_rate = 0.001;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;
  double clip_norm = 0;
  Ref<const Schedule> schedule = ConstantSchedule();
};

/// Momentum, with a step of its own size for every weight.
///
///     m ← β₁ m + (1 - β₁) g
///     v ← β₂ v + (1 - β₂) g²
///     w ← w - η m̂ / (√v̂ + ε)        m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ), in step t from 1
///
/// Both means start at 0, and the divisions make up for that. D. Kingma, J. Ba, "Adam: A Method for Stochastic
/// Optimization", 2015.
class Adam : public OptimizerWith<AdamOptions> {
 public:
  /// @throws Error(option) for one that is out of its range
  explicit Adam(Parameters parameters, Options options = {});

  std::string_view type() const override { return "Adam"; }

  void visit_state(StateVisitor& state) override;

  static Descriptor<Optimizer> descriptor();

 protected:
  void update() override;

 private:
  std::vector<Tensor> mean_;    // m of each parameter
  std::vector<Tensor> square_;  // v of each parameter
  double beta1_power_ = 1;      // β₁ᵗ
  double beta2_power_ = 1;      // β₂ᵗ
};

}  // namespace toydl
