#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/gemm.h>
#include <toydl/layers/conv1d.h>

namespace toydl {

Conv1D::Conv1D(Options options) : Convolution(std::move(options)) { check_options(*this); }

Conv1D::Conv1D(Index in_channels, Index out_channels, Index kernel_size, Options options)
    : Convolution(in_channels, out_channels, kernel_size, std::move(options)) {
  check_options(*this);
}

Shape Conv1D::build(const Shape& in, Rng& rng) {
  if (in.rank() != 2 || in[1] != options_.in_channels) {
    const std::string fix =
        in.rank() == 2 ? concat(" Make it Conv1D(", in[1], ", ", out_channels(), ", ", options_.kernel_size, ").") : "";
    throw Error(ErrorCode::shape,
                concat("takes sequences of shape [time, ", options_.in_channels, "], but gets ", in, ".", fix));
  }
  const Patches geometry{.channels = in[1],
                         .channel_stride = 1,
                         .rows = {.length = 1, .size = 1, .stride = 1, .before = 0, .count = 1},
                         .row_stride = 0,
                         .cols = windows(in[0], "time"),
                         .col_stride = in[1]};
  build_filters({out_channels(), in[1], options_.kernel_size}, geometry, rng);
  return {geometry.count(), out_channels()};
}

void Conv1D::forward(const Tensor& x, Tensor& y, const Pass&) {
  for (Index n = 0; n < x.rows(); ++n) {
    geometry_.gather(x.data() + n * x.cols(), patches_.data());
    MatrixTarget out(y.data() + n * y.cols(), geometry_.count(), out_channels(), out_channels());
    // y = Pᵀ Wᵀ + b
    for (Index t = 0; t < out.rows; ++t) {
      for (Index o = 0; o < out.cols; ++o) out.data[t * out.row_stride + o] = bias(o);
    }
    multiply_add(MatrixView(patches_).transposed(), MatrixView(weight_->value).transposed(), out);
  }
}

void Conv1D::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx != nullptr) dx->fill(0);
  for (Index n = 0; n < x.rows(); ++n) {
    const MatrixView d(dy.data() + n * dy.cols(), geometry_.count(), out_channels(), out_channels(), 1);
    geometry_.gather(x.data() + n * x.cols(), patches_.data());
    // dW += dyᵀ Pᵀ
    multiply_add(d.transposed(), MatrixView(patches_).transposed(), weight_->grad);
    // db += Σ dy
    if (options_.bias) {
      for (Index t = 0; t < d.rows; ++t) {
        for (Index o = 0; o < d.cols; ++o) bias_->grad[o] += d(t, o);
      }
    }
    if (dx == nullptr) continue;
    // dP = Wᵀ dyᵀ, and from there to dx
    multiply(MatrixView(weight_->value).transposed(), d.transposed(), d_patches_);
    geometry_.scatter_add(d_patches_.data(), dx->data() + n * dx->cols());
  }
}

Descriptor<Layer> Conv1D::descriptor() {
  return describe_convolution<Conv1D>(
      "Conv1D", "Slides filters along a sequence.",
      {{.options = R"({"in_channels": 2, "out_channels": 3, "kernel_size": 3})", .input = {6, 2}},
       {.options = R"({"in_channels": 3, "out_channels": 2, "kernel_size": 4, "stride": 2, "padding": "same"})",
        .input = {7, 3}},
       {.options = R"({"in_channels": 2, "out_channels": 4, "kernel_size": 2, "stride": 3, "bias": false})",
        .input = {7, 2}}});
}

}  // namespace toydl
