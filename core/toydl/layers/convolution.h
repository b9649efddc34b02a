#pragma once

#include <toydl/frames.h>
#include <toydl/initializers/he_normal.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layer.h>
#include <toydl/packed_matrix.h>

namespace toydl {

struct ConvolutionOptions {
  Index in_channels = 1;
  Index out_channels = 1;
  Index kernel_size = 1;
  Index stride = 1;
  Padding padding = Padding::valid;
  bool bias = true;
  Ref<const Initializer> weight_initializer = HeNormal();
  Ref<const Initializer> bias_initializer = Zeros();
};

/// What Conv1D and Conv2D have in common: filters W, [out, in, window …] as in PyTorch, and P, the patches of a sample: all
/// windows, each with all its numbers.
///
///     y  = P Wᵀ + b        P [windows, in · window], W [out, in · window], b [out], y [windows, out]
///     dW = Σ dyᵀ P         over the batch, in double: each sample's product begins at 0
///     db = Σ dy            summed over windows and batch
///     dx = D Vᵀ            D the patches of dy, which has zeros around and between its numbers, so that there is a window for
///                          each number of x; V [in, out · window] is W with in and out exchanged
///
/// y and dx may lie in memory the other way round, as images do. V. Dumoulin, F. Visin, "A guide to convolution arithmetic for
/// deep learning", 2016.
class Convolution : public Layer {
 public:
  using Options = ConvolutionOptions;

  void forward(const Tensor& x, Tensor& y, const Pass& pass) override;
  void backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) override;
  Parameters parameters() const override;

  const Options& options() const { return options_; }

 protected:
  explicit Convolution(Options options) : options_(std::move(options)) {}
  Convolution(Index in_channels, Index out_channels, Index kernel_size, Options options);

  /// The windows along a dimension of x. @throws Error(shape) if one is longer
  Windows windows(Index length, const char* dimension) const;

  /// Gives weight and bias their first values, and remembers how samples lie in memory.
  void build_filters(const Shape& weight, const Windows& rows, const Windows& cols, const SampleLayout& in,
                     const SampleLayout& out, Rng& rng);

  Index out_channels() const { return options_.out_channels; }

  Options options_;

 private:
  void add_weight_gradient(const Tensor& dy);
  void add_bias_gradient(const Tensor& dy);
  void input_gradient(const Tensor& dy, Tensor& dx);

  /// dy of sample n as a matrix [windows, out].
  MatrixView output_of(const Tensor& dy, Index n) const;

  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  std::shared_ptr<Parameter> bias_ = std::make_shared<Parameter>("bias");
  SampleLayout in_{}, out_{};
  Frames x_frames_, dy_frames_;
  PackedMatrix filters_;  // Wᵀ or Vᵀ
  Tensor exchanged_;      // V
  Tensor d_weight_;       // dWᵀ of one sample, then of all
  std::vector<double> d_weight_sum_;
};

/// The description of a convolution.
template <class Derived>
Descriptor<Layer> describe_convolution(const char* name, const char* doc, std::vector<Example> examples) {
  using Options = ConvolutionOptions;
  return describe_as<Layer, Derived>(
      name, doc,
      {required("in_channels", &Options::in_channels, "Channels of x.", {.min = 1, .max = 1 << 16}),
       required("out_channels", &Options::out_channels, "Channels of y: so many filters are learnt.",
                {.min = 1, .max = 1 << 16}),
       required("kernel_size", &Options::kernel_size, "Size of a window.", {.min = 1, .max = 1024}),
       option("stride", &Options::stride, "From one window to the next.", {.min = 1, .max = 1024}),
       option("padding", &Options::padding, "Beyond the edge: \"valid\", nothing; \"same\", zeros."),
       option("bias", &Options::bias, "Whether to add b."),
       option("weight_initializer", &Options::weight_initializer, "First values of the filters [out, in, window …]."),
       option("bias_initializer", &Options::bias_initializer, "First values of the bias [out].")},
      std::move(examples));
}

}  // namespace toydl
