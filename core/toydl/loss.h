#pragma once

#include <toydl/ref.h>
#include <toydl/tensor.h>

#include <memory>
#include <string_view>

namespace toydl {

template <class Base>
struct Descriptor;

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

  /// A loss on what goes into `last`, equal to this loss on what comes out of it but more accurate; null if there is none.
  /// `fit` then leaves the model's last layer out while it trains.
  virtual std::shared_ptr<Loss> fused_with(const Layer& last) const;

 protected:
  /// For the start of `backward`. @throws Error(state) if there was no `forward`.
  static void require_forward(bool was_called);
};

}  // namespace toydl
