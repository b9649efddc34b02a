#pragma once

#include <toydl/initializers/he_normal.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layer.h>
#include <toydl/windows.h>

namespace toydl {

struct Conv1DOptions {
  Index in_channels = 1;
  Index out_channels = 1;
  Index kernel_size = 1;
  Index stride = 1;
  Padding padding = Padding::valid;
  bool bias = true;
  Ref<const Initializer> weight_initializer = HeNormal();
  Ref<const Initializer> bias_initializer = Zeros();
};

/// Slides filters along a sequence: every number of y is the product of a filter with the time steps below it.
///
///     y[t, o] = b[o] + Σ over c, k of W[o, c, k] x[s t + k, c]        s is the stride
///
/// x [batch, time, in], W [out, in, kernel], y [batch, windows, out]. With the windows of a sample beside each other,
/// P [in · kernel, windows], it is a product of matrices:
///
///     y  = Pᵀ Wᵀ + b
///     dW = Σ dyᵀ Pᵀ             summed over the batch
///     db = Σ dy                 summed over batch and windows
///     dP = Wᵀ dyᵀ               every number of dP is added to dx where it came from
///
/// `weight` is laid out as in PyTorch; sequences have their features last. A. Waibel et al., "Phoneme Recognition Using
/// Time-Delay Neural Networks", 1989.
class Conv1D : public Layer {
 public:
  using Options = Conv1DOptions;

  /// @throws Error(option) for one that is out of its range
  explicit Conv1D(Options options);
  Conv1D(Index in_channels, Index out_channels, Index kernel_size, Options options = {});

  std::string_view type() const override { return "Conv1D"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override;

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  std::shared_ptr<Parameter> bias_ = std::make_shared<Parameter>("bias");
  Patches geometry_{};
  Tensor patches_;    // of one sample
  Tensor d_patches_;  // and their gradient
};

}  // namespace toydl
