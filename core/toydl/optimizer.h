#pragma once

#include <toydl/parameter.h>

#include <string_view>

namespace toydl {

template <class Base>
struct Descriptor;

/// Changes parameters so that the loss falls.
class Optimizer {
 public:
  /// @throws Error(option) if the learning rate is not a positive number.
  Optimizer(Parameters parameters, double learning_rate);
  Optimizer(const Optimizer&) = delete;
  virtual ~Optimizer() = default;

  /// The name in the registry: "SGD".
  virtual std::string_view type() const = 0;

  /// One step against the gradients, over all parameters at once. The gradients stay as they are, to be seen, until the
  /// model's next backward pass, which then starts them again from zero.
  void step();

  /// Forgets the gradients gathered so far.
  void zero_grad();

  double learning_rate() const { return learning_rate_; }
  /// May change at any time. @throws Error(option) if it is not a positive number.
  void set_learning_rate(double value);

  const Parameters& parameters() const { return parameters_; }

 protected:
  /// The formula of the step.
  virtual void update() = 0;

 private:
  Parameters parameters_;
  double learning_rate_;
};

}  // namespace toydl
