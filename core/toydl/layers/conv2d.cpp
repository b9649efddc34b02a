#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/gemm.h>
#include <toydl/layers/conv2d.h>

namespace toydl {

Conv2D::Conv2D(Options options) : options_(std::move(options)) { check_options(*this); }

Conv2D::Conv2D(Index in_channels, Index out_channels, Index kernel_size, Options options)
    : options_(std::move(options)) {
  options_.in_channels = in_channels;
  options_.out_channels = out_channels;
  options_.kernel_size = kernel_size;
  check_options(*this);
}

Shape Conv2D::build(const Shape& in, Rng& rng) {
  if (in.rank() != 3 || in[0] != options_.in_channels) {
    const std::string fix =
        in.rank() == 3 ? concat("Make it Conv2D(", in[0], ", ", options_.out_channels, ", ", options_.kernel_size, ").")
                       : concat("Reshape each sample to an image before it.");
    throw Error(ErrorCode::shape,
                concat("takes images of shape [", options_.in_channels, ", height, width], but gets ", in, ". ", fix));
  }
  geometry_ = {.channels = in[0],
               .channel_stride = in[1] * in[2],
               .rows = Windows::along(in[1], options_.kernel_size, options_.stride, options_.padding, "height"),
               .row_stride = in[2],
               .cols = Windows::along(in[2], options_.kernel_size, options_.stride, options_.padding, "width"),
               .col_stride = 1};
  const Shape weight{options_.out_channels, in[0], options_.kernel_size, options_.kernel_size};
  weight_->build(weight, *options_.weight_initializer, Fans::of(weight), rng);
  if (options_.bias) bias_->build({options_.out_channels}, *options_.bias_initializer, Fans::of(weight), rng);
  return {options_.out_channels, geometry_.rows.count, geometry_.cols.count};
}

void Conv2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  patches_.resize({geometry_.depth(), geometry_.count()});
  for (Index n = 0; n < x.rows(); ++n) {
    geometry_.gather(x.data() + n * x.cols(), patches_.data());
    MatrixTarget out(y.data() + n * y.cols(), options_.out_channels, geometry_.count(), geometry_.count());
    // y = W P + b
    for (Index o = 0; o < out.rows; ++o) {
      std::fill_n(out.data + o * out.row_stride, out.cols, options_.bias ? bias_->value[o] : Scalar(0));
    }
    multiply_add(weight_->value, patches_, out);
  }
}

void Conv2D::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  patches_.resize({geometry_.depth(), geometry_.count()});
  d_patches_.resize(patches_.shape());
  if (dx != nullptr) dx->fill(0);
  for (Index n = 0; n < x.rows(); ++n) {
    const MatrixView d(dy.data() + n * dy.cols(), options_.out_channels, geometry_.count(), geometry_.count(), 1);
    geometry_.gather(x.data() + n * x.cols(), patches_.data());
    // dW += dy Pᵀ
    multiply_add(d, MatrixView(patches_).transposed(), weight_->grad);
    // db += Σ dy
    if (options_.bias) {
      for (Index o = 0; o < d.rows; ++o) {
        for (Index j = 0; j < d.cols; ++j) bias_->grad[o] += d(o, j);
      }
    }
    if (dx == nullptr) continue;
    // dP = Wᵀ dy, and from there to dx
    multiply(MatrixView(weight_->value).transposed(), d, d_patches_);
    geometry_.scatter_add(d_patches_.data(), dx->data() + n * dx->cols());
  }
}

Parameters Conv2D::parameters() const { return options_.bias ? Parameters{weight_, bias_} : Parameters{weight_}; }

Descriptor<Layer> Conv2D::descriptor() {
  return describe_as<Layer, Conv2D>(
      "Conv2D", "Slides filters over an image.",
      {required("in_channels", &Options::in_channels, "Channels of x.", {.min = 1, .max = 1 << 16}),
       required("out_channels", &Options::out_channels, "Channels of y: so many filters are learnt.",
                {.min = 1, .max = 1 << 16}),
       required("kernel_size", &Options::kernel_size, "Size of a window.", {.min = 1, .max = 1024}),
       option("stride", &Options::stride, "From one window to the next.", {.min = 1, .max = 1024}),
       option("padding", &Options::padding, "Beyond the edge: \"valid\", nothing; \"same\", zeros."),
       option("bias", &Options::bias, "Whether to add b."),
       option("weight_initializer", &Options::weight_initializer,
              "First values of the filters [out, in, kernel, kernel]."),
       option("bias_initializer", &Options::bias_initializer, "First values of the bias [out].")},
      {{.options = R"({"in_channels": 2, "out_channels": 3, "kernel_size": 3})", .input = {2, 5, 4}},
       {.options = R"({"in_channels": 1, "out_channels": 2, "kernel_size": 4, "padding": "same"})", .input = {1, 5, 6}},
       {.options =
            R"({"in_channels": 3, "out_channels": 2, "kernel_size": 3, "stride": 2, "padding": "same", "bias": false})",
        .input = {3, 6, 7}},
       {.options = R"({"in_channels": 1, "out_channels": 2, "kernel_size": 2, "stride": 3})", .input = {1, 7, 6}}});
}

}  // namespace toydl
