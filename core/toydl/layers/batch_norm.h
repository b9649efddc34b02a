#pragma once

#include <toydl/layer.h>
#include <toydl/sum.h>

namespace toydl {

struct BatchNormOptions {
  double momentum = 0.1;
  double epsilon = 1e-5;
};

/// Gives every feature mean 0 and variance 1 over the batch, then a scale and a shift that are learnt.
///
///     μ, σ² = mean and variance of a feature, over the batch
///     x̂     = (x - μ) / √(σ² + ε)
///     y     = γ x̂ + β
///     dβ    = Σ dy,  dγ = Σ dy x̂
///     dx    = γ / √(σ² + ε) (dy - mean of dy - x̂ · mean of dy x̂)
///
/// Features [F] have their statistics over the batch, those of a sequence [time, F] also over time, and the channels of images
/// [C, height, width] also over their pixels. In training running means are kept, r ← (1 - m) r + m · now (of the variance
/// n / (n - 1) σ²); outside of training they stand for μ and σ², so that a sample does not depend on others, and
/// dx = γ dy / √(σ² + ε). A batch to train on has at least two numbers of each feature or channel.
///
/// `weight` is γ and `bias` is β, as in PyTorch. S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training
/// by Reducing Internal Covariate Shift", 2015.
class BatchNorm : public Layer {
 public:
  using Options = BatchNormOptions;

  /// @throws Error(option) for one that is out of its range
  explicit BatchNorm(Options options = {});

  std::string_view type() const override { return "BatchNorm"; }
  Shape build(const Shape& in, Rng& rng) override;
  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override { return {weight_, bias_}; }
  Parameters buffers() const override { return {running_mean_, running_var_}; }
  /// One number has no variance.
  Index least_batch() const override { return layout(1).size() == 1 ? 2 : 1; }

  const Options& options() const { return options_; }

  static Descriptor<Layer> descriptor();

 private:
  Options options_;
  /// μ and σ² of a batch, and what they do to the running ones.
  void measure(const Tensor& x);
  /// Where the numbers of each channel are in a batch of so many samples.
  Channels layout(Index batch) const { return {batch * runs_per_channel_, channels_, run_}; }
  /// Calls `work(c, first)` for every run of numbers from position `first` on that belong to channel c.
  template <class Work>
  void for_each_run(Index batch, const Work& work) const {
    for (Index r = 0; r < layout(batch).samples * channels_; ++r) work(r % channels_, r * run_);
  }

  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  std::shared_ptr<Parameter> bias_ = std::make_shared<Parameter>("bias");
  std::shared_ptr<Parameter> running_mean_ = std::make_shared<Parameter>("running_mean");
  std::shared_ptr<Parameter> running_var_ = std::make_shared<Parameter>("running_var");
  Index channels_ = 0, run_ = 0, runs_per_channel_ = 0;  // in a sample
  bool training_ = false;
  Tensor mean_, variance_;    // μ, σ² of the batch, [channels]
  Tensor center_, inverse_;   // what the pass used: μ, 1 / √(σ² + ε)
  Tensor d_weight_, d_bias_;  // of one batch
};

}  // namespace toydl
