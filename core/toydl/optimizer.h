#pragma once

#include <toydl/parallel.h>
#include <toydl/parameter.h>
#include <toydl/schedules/constant_schedule.h>

#include <string_view>
#include <vector>

namespace toydl {

template <class Base>
struct Descriptor;

class StateVisitor;

/// Nobody means a larger one: a step of that size leaves the range of floats.
constexpr double largest_learning_rate = 1e6;

/// What every optimizer does to its gradients and its learning rate, whatever its formula.
struct OptimizerRules {
  double weight_decay = 0;
  double clip_norm = 0;
  Ref<const Schedule> schedule = ConstantSchedule();
};

/// Changes parameters so that the loss falls. In each step
///
///     η = learning rate · schedule(steps done)
///     g = dw · min(1, clip_norm / ‖dw‖) + λ w        ‖dw‖ over all parameters together; λ is the weight decay
///
/// and then the formula of the optimizer, which is its own. Without clipping (clip_norm 0) and decay g is dw.
/// R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", 2013 (clipping).
class Optimizer {
 public:
  /// @throws Error(option) if the learning rate is not a positive number up to largest_learning_rate, Error(state) for parameters that are not built
  Optimizer(Parameters parameters, double learning_rate, OptimizerRules rules = {});
  Optimizer(const Optimizer&) = delete;
  virtual ~Optimizer() = default;

  /// The name in the registry: "SGD".
  virtual std::string_view type() const = 0;

  /// One step against the gradients, over all parameters at once. The gradients stay as they are, to be seen, until the
  /// model's next backward pass, which then starts them again from zero.
  void step();

  /// Forgets the gradients gathered so far.
  void zero_grad();

  /// The learning rate, before the schedule.
  double learning_rate() const { return learning_rate_; }
  /// May change at any time. @throws Error(option) if it is not a positive number up to largest_learning_rate.
  void set_learning_rate(double value);

  const Parameters& parameters() const { return parameters_; }
  Index steps_done() const { return steps_done_; }

  /// What a saved run has of the optimizer: learning rate and steps done. One that remembers more from step to step overrides this,
  /// calls it, and shows its own, as Adam does.
  virtual void visit_state(StateVisitor& state);

 protected:
  /// The formula of the step.
  virtual void update() = 0;

  /// η, for the step under way. Whatever follows from it and from options is computed in double, and rounded once.
  double rate() const { return rate_; }

  /// Calls `formula(w, g, s…)` for every weight w of all parameters, with its g for the step under way and with what stands in its
  /// place in each `state`: tensors like the parameters', as `zeros` makes them. One pass over the memory.
  template <class Formula, class... State>
  void for_each_weight(const Formula& formula, std::vector<State>&... state) const {
    for (size_t i = 0; i < parameters_.size(); ++i) {
      Parameter& parameter = *parameters_[i];
      parallel_for(parameter.value.size(), 1 << 14, [&](Index begin, Index end) {
        // Of their own, for a compiler to keep in registers.
        const Formula own = formula;
        const Scalar clip = clip_, decay = decay_;
        sweep(
            begin, end, [=](Scalar& w, Scalar dw, auto&... s) { own(w, clip * dw + decay * w, s...); },
            parameter.value.data(), parameter.grad.data(), state[i].data()...);
      });
    }
  }

  /// For what an optimizer remembers of each parameter: zeros, a tensor like each one's value.
  std::vector<Tensor> zeros() const;

 private:
  template <class Formula, class... Pointers>
  static void sweep(Index begin, Index end, Formula formula, Scalar* w, const Scalar* dw, Pointers... state) {
    for (Index i = begin; i < end; ++i) formula(w[i], dw[i], state[i]...);
  }

  /// Whether it is positive, not beyond the largest, and no smaller than a float can hold.
  static bool is_learning_rate(double value);

  /// min(1, clip_norm / ‖dw‖)
  Scalar clip_factor() const;

  Parameters parameters_;
  double learning_rate_ = 0;
  OptimizerRules rules_;
  Index steps_done_ = 0;
  double rate_ = 0;
  Scalar clip_ = 1;
  Scalar decay_;
};

/// An optimizer with its options, which have at least those that every optimizer has.
template <class OptionsType>
class OptimizerWith : public Optimizer {
 public:
  using Options = OptionsType;

  /// With the learning rate of now.
  Options options() const {
    Options now = options_;
    now.learning_rate = learning_rate();
    return now;
  }

 protected:
  OptimizerWith(Parameters parameters, Options options)
      : Optimizer(std::move(parameters), options.learning_rate,
                  {options.weight_decay, options.clip_norm, options.schedule}),
        options_(std::move(options)) {}

  Options options_;
};

}  // namespace toydl
