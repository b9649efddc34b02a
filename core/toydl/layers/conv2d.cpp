#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/gemm.h>
#include <toydl/layers/conv2d.h>

namespace toydl {

Conv2D::Conv2D(Options options) : Convolution(std::move(options)) { check_options(*this); }

Conv2D::Conv2D(Index in_channels, Index out_channels, Index kernel_size, Options options)
    : Convolution(in_channels, out_channels, kernel_size, std::move(options)) {
  check_options(*this);
}

Shape Conv2D::build(const Shape& in, Rng& rng) {
  if (in.rank() != 3 || in[0] != options_.in_channels) {
    const std::string fix =
        in.rank() == 3 ? concat("Make it Conv2D(", in[0], ", ", out_channels(), ", ", options_.kernel_size, ").")
                       : concat("Reshape each sample to an image before it.");
    throw Error(ErrorCode::shape,
                concat("takes images of shape [", options_.in_channels, ", height, width], but gets ", in, ". ", fix));
  }
  const Patches geometry{.channels = in[0],
                         .channel_stride = in[1] * in[2],
                         .rows = windows(in[1], "height"),
                         .row_stride = in[2],
                         .cols = windows(in[2], "width"),
                         .col_stride = 1};
  build_filters({out_channels(), in[0], options_.kernel_size, options_.kernel_size}, geometry, rng);
  return {out_channels(), geometry.rows.count, geometry.cols.count};
}

void Conv2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  for (Index n = 0; n < x.rows(); ++n) {
    geometry_.gather(x.data() + n * x.cols(), patches_.data());
    MatrixTarget out(y.data() + n * y.cols(), out_channels(), geometry_.count(), geometry_.count());
    // y = W P + b
    for (Index o = 0; o < out.rows; ++o) {
      std::fill_n(out.data + o * out.row_stride, out.cols, bias(o));
    }
    multiply_add(weight_->value, patches_, out);
  }
}

void Conv2D::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx != nullptr) dx->fill(0);
  for (Index n = 0; n < x.rows(); ++n) {
    const MatrixView d(dy.data() + n * dy.cols(), out_channels(), geometry_.count(), geometry_.count(), 1);
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

Descriptor<Layer> Conv2D::descriptor() {
  return describe_convolution<Conv2D>(
      "Conv2D", "Slides filters over an image.",
      {{.options = R"({"in_channels": 2, "out_channels": 3, "kernel_size": 3})", .input = {2, 5, 4}},
       {.options = R"({"in_channels": 1, "out_channels": 2, "kernel_size": 4, "padding": "same"})", .input = {1, 5, 6}},
       {.options =
            R"({"in_channels": 3, "out_channels": 2, "kernel_size": 3, "stride": 2, "padding": "same", "bias": false})",
        .input = {3, 6, 7}},
       {.options = R"({"in_channels": 1, "out_channels": 2, "kernel_size": 2, "stride": 3})", .input = {1, 7, 6}}});
}

}  // namespace toydl
