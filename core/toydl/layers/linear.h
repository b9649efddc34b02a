#pragma once

#include <toydl/initializers/he_normal.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layer.h>

namespace toydl {

struct LinearOptions {
  Index in_features = 0;
  Index out_features = 0;
  bool bias = true;
  Ref<const Initializer> weight_initializer = HeNormal();
  Ref<const Initializer> bias_initializer = Zeros();
};

/// A fully connected layer: every output is a weighted sum of all inputs.
///
///     y  = x Wᵀ + b        x [batch, in], W [out, in], b [out], y [batch, out]
///     dx = dy W
///     dW = dyᵀ x           summed over the batch
///     db = Σ dy            summed over the batch
///
/// x may have more dimensions: of a sequence [batch, time, in] every time step is a row of its own, and y is [batch, time, out].
/// `weight` is laid out as in PyTorch, [out, in]. I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, 2016, ch. 6.
class Linear : public Layer {
 public:
  using Options = LinearOptions;

  explicit Linear(Options options);
  Linear(Index in_features, Index out_features, Options options = {});

  std::string_view type() const override { return "Linear"; }
  std::optional<Shape> input_shape() const override { return Shape{options_.in_features}; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override;

  const Options& options() const { return options_; }
  Parameter& weight() { return *weight_; }
  Parameter& bias() { return *bias_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  std::shared_ptr<Parameter> bias_ = std::make_shared<Parameter>("bias");
};

}  // namespace toydl
