#pragma once

#include <toydl/parameter.h>
#include <toydl/ref.h>
#include <toydl/rng.h>
#include <toydl/tensor.h>

#include <optional>
#include <string>
#include <string_view>

namespace toydl {

template <class Base>
struct Descriptor;

class Chain;
class StateVisitor;

/// Whether a forward pass is part of training: some layers then behave otherwise.
enum class Mode { training, evaluation };

/// One forward pass, as its layers see it.
struct Pass {
  Mode mode;
  Rng& rng;  ///< the model's own; what is random in training, such as the mask of a Dropout, is drawn from it

  bool training() const { return mode == Mode::training; }
};

/// A step of a network with its derivative, both written by hand. To add one, write a pair of files beside
/// layers/linear.{h,cpp} and name its descriptor in registry.cpp.
///
/// The model owns `y` and `dx`, gives them their shape before it calls, and hands the same `x` and `y` to `backward`
/// that `forward` saw: a layer keeps only what it cannot compute again cheaply.
class Layer {
 public:
  Layer() = default;
  Layer(Layer&&) = default;
  Layer(const Layer&) = delete;
  virtual ~Layer() = default;

  /// The name in the registry: "Linear".
  virtual std::string_view type() const = 0;

  /// The shape of one sample of x, where the layer's own options determine it: a Linear(784, 50) wants [784].
  virtual std::optional<Shape> input_shape() const { return std::nullopt; }

  /// Takes the shape of one sample of x, draws the first values of the parameters, and returns the shape of one
  /// sample of y. Called once, before anything else.
  /// @throws Error(shape) if the layer cannot take such samples. Everything about shapes is found out here.
  virtual Shape build(const Shape& in, Rng& rng) = 0;

  /// Writes y = f(x), for a batch.
  virtual void forward(const Tensor& x, Tensor& y, const Pass& pass) = 0;

  /// From dy, the gradient of the loss with respect to y: adds to the gradients of the parameters, and overwrites *dx
  /// with the gradient with respect to x. `dx` is null where nobody needs it, before a model's first layer.
  virtual void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) = 0;

  /// What the layer learns, in an order that never changes.
  virtual Parameters parameters() const { return {}; }

  /// What the layer gathers without learning it, such as the running mean of a BatchNorm: it belongs to a saved model, but
  /// no optimizer changes it, and it has no gradient.
  virtual Parameters buffers() const { return {}; }

  /// How many samples a batch must have for the layer to train on it, once it is built.
  virtual Index least_batch() const { return 1; }

  /// What a saved run has of the layer: parameters and buffers. One that remembers more from batch to batch overrides this.
  virtual void visit_state(StateVisitor& state);

  /// Whether the layer is part of a model, or of a container that is. It then keeps what that one's backward needs.
  bool is_used() const { return user_ != nullptr; }

  /// As in a message: "Linear(784, 50)"; the options that must be given, and those that differ from their defaults.
  virtual std::string describe() const;

 private:
  friend class Chain;
  const Chain* user_ = nullptr;
};

}  // namespace toydl
