#pragma once

#include <toydl/layer.h>

#include <vector>

namespace toydl {

/// Layers, one after the other, with the buffers between them: what Model, Sequential and Residual are made of.
class Chain {
 public:
  explicit Chain(std::vector<Ref<Layer>> layers) : layers_(std::move(layers)) {}
  Chain(Chain&&) = default;
  ~Chain() { release(); }

  /// Builds the layers for samples of this shape; returns the shape of one sample of y. After an error they can take
  /// part in another attempt.
  /// @throws Error with the place of the layer before its message; Error(state) if a layer is used elsewhere.
  Shape build(const Shape& in, Rng& rng);

  /// y = f(x)
  void forward(const Tensor& x, Tensor& y, const Pass& pass);

  /// The gradients of the `forward` just before, with its x and y; dy is of the output of the first `count` layers, which may leave
  /// the last ones out. `dx` may be null; then nothing is computed that only it would need: built-in layers before the first one with
  /// parameters have no backward pass.
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx, size_t count);
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) {
    backward(x, y, dy, dx, layers_.size());
  }

  /// Of all layers, in their order.
  Parameters parameters() const;
  Parameters buffers() const;

  /// The largest of all layers'.
  Index least_batch() const;

  /// What each layer remembers, within its position from 0: "0.weight".
  void visit_state(StateVisitor& state);

  const std::vector<Ref<Layer>>& layers() const { return layers_; }
  /// The shape of one sample of each layer's y; empty before `build`.
  const std::vector<Shape>& output_shapes() const { return output_shapes_; }
  /// What a layer, but the last one, gave in the last pass.
  const Tensor& output(size_t layer) const { return outputs_[layer]; }
  /// Which layer this is: "layer 3 of 6, Linear(50, 10)".
  std::string name(size_t layer) const;
  /// Whether this is one of the buffers that the next pass overwrites.
  bool owns(const Tensor& tensor) const;

  /// "Linear(784, 50), ReLU()"
  std::string describe() const;

 private:
  /// Every layer must be in one place alone, for it keeps what its backward needs.
  void require_unused(size_t layer) const;
  /// Lets others use the layers.
  void release();
  /// Its name, and what comes before it.
  std::string place(size_t layer) const;
  /// Throws the exception under way again, as an Error with the layer's place before its message.
  [[noreturn]] void rethrow_from(size_t layer) const;

  std::vector<Ref<Layer>> layers_;
  std::vector<Shape> output_shapes_;
  size_t first_learning_ = 0;      // the first layer that must have a backward pass
  std::vector<Tensor> outputs_;    // y of each layer but the last
  std::vector<Tensor> gradients_;  // dx of each layer but the first, as the dy of the one before
};

}  // namespace toydl
