#pragma once

#include <toydl/ref.h>
#include <toydl/tensor.h>

#include <memory>
#include <string_view>

namespace toydl {

template <class Base>
struct Descriptor;

class FusedLoss;
class Layer;

/// How far a batch of predictions is from its targets, and in which direction to change them.
class Loss {
 public:
  Loss() = default;
  Loss(Loss&&) = default;
  Loss(const Loss&) = delete;
  virtual ~Loss() = default;

  /// The name in the registry: "CrossEntropy".
  virtual std::string_view type() const = 0;

  /// The mean loss over the batch. Keeps what `backward` needs.
  /// @throws Error(shape) or Error(label) if prediction and target do not fit together.
  virtual Scalar forward(const Tensor& prediction, const Tensor& target) = 0;

  /// The gradient of that mean with respect to the prediction given to the last `forward`, of the same shape.
  /// @throws Error(state) if there was none
  virtual const Tensor& backward() = 0;

  /// This loss and a model's last layer taken together; null if there is no such thing. `fit` then uses it.
  virtual std::shared_ptr<FusedLoss> fused_with(const Layer& last) const;

 protected:
  /// For the start of `backward`. @throws Error(state) if there was no `forward`.
  static void require_forward(bool was_called);
};

/// A loss and a model's last layer taken together: the same loss, but its gradient goes straight to what went into the layer, which
/// is simpler and more accurate than through one after the other.
class FusedLoss {
 public:
  virtual ~FusedLoss() = default;

  /// The mean loss over the batch, where the layer made the prediction y of x.
  virtual Scalar forward(const Tensor& x, const Tensor& y, const Tensor& target) = 0;

  /// The gradient of that mean with respect to x.
  virtual const Tensor& backward() = 0;
};

}  // namespace toydl
