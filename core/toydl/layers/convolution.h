#pragma once

#include <toydl/initializers/he_normal.h>
#include <toydl/initializers/zeros.h>
#include <toydl/layer.h>
#include <toydl/windows.h>

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

/// What Conv1D and Conv2D have in common: filters, [out, in, window …] as in PyTorch, and patches, the windows of a sample as
/// a matrix P [in · window, windows].
class Convolution : public Layer {
 public:
  using Options = ConvolutionOptions;

  Parameters parameters() const override;

  const Options& options() const { return options_; }

 protected:
  explicit Convolution(Options options) : options_(std::move(options)) {}
  Convolution(Index in_channels, Index out_channels, Index kernel_size, Options options);

  /// The windows along a dimension of x. @throws Error(shape) if one is longer
  Windows windows(Index length, const char* dimension) const;

  /// Gives weight and bias their first values, and patches of this geometry their memory.
  void build_filters(const Shape& weight, const Patches& geometry, Rng& rng);

  Index out_channels() const { return options_.out_channels; }
  /// Zero where there is no bias.
  Scalar bias(Index channel) const { return options_.bias ? bias_->value[channel] : Scalar(0); }

  Options options_;
  std::shared_ptr<Parameter> weight_ = std::make_shared<Parameter>("weight");
  std::shared_ptr<Parameter> bias_ = std::make_shared<Parameter>("bias");
  Patches geometry_{};
  Tensor patches_;    // P of one sample
  Tensor d_patches_;  // and its gradient
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
