#pragma once

#include <toydl/layer.h>

namespace toydl {

struct ReshapeOptions {
  Shape shape{1};
};

/// Gives every sample another shape, in the order of memory: [784] becomes an image [1, 28, 28], or 28 rows [28, 28].
///
///     y = x, dx = dy, with another shape
///
/// As a model's first layer it takes samples that are flat, unless the model is given its `input_shape`.
class Reshape : public Layer {
 public:
  using Options = ReshapeOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Reshape(Options options);
  explicit Reshape(const Shape& shape);

  std::string_view type() const override { return "Reshape"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  std::optional<Shape> input_shape() const override { return Shape{options_.shape.size()}; }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
};

}  // namespace toydl
