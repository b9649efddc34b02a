#pragma once

#include <toydl/optimizers/adam.h>

namespace toydl {

struct AdamWOptions {
  double learning_rate = 0.001;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0.01;
  double clip_norm = 0;
  Ref<const Schedule> schedule = ConstantSchedule();
};

/// Adam whose weight decay does not go through the gradient, so that it is equally strong for every weight.
///
///     w ← w - η λ w, then the step of Adam with g without λ w
///
/// I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", 2019.
class AdamW : public Adam {
 public:
  using Options = AdamWOptions;

  /// @throws Error(option) for one that is out of its range
  explicit AdamW(Parameters parameters, Options options = {});

  std::string_view type() const override { return "AdamW"; }

  /// With the learning rate of now.
  Options options() const;

  static Descriptor<Optimizer> descriptor();

 protected:
  void update() override;

 private:
  Options options_;
};

}  // namespace toydl
