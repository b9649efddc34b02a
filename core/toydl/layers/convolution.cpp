#include <toydl/gemm.h>
#include <toydl/layers/convolution.h>
#include <toydl/parallel.h>
#include <toydl/rows.h>

#include <algorithm>

namespace toydl {

Convolution::Convolution(Index in_channels, Index out_channels, Index kernel_size, Options options)
    : options_(std::move(options)) {
  options_.in_channels = in_channels;
  options_.out_channels = out_channels;
  options_.kernel_size = kernel_size;
}

Windows Convolution::windows(Index length, const char* dimension) const {
  return Windows::along(length, options_.kernel_size, options_.stride, options_.padding, dimension);
}

void Convolution::build_filters(const Shape& weight, const Windows& rows, const Windows& cols, const SampleLayout& in,
                                const SampleLayout& out, Rng& rng) {
  weight_->build(weight, *options_.weight_initializer, Fans::of(weight), rng);
  if (options_.bias) bias_->build({out_channels()}, *options_.bias_initializer, Fans::of(weight), rng);
  in_ = in;
  out_ = out;
  x_frames_.build(options_.in_channels, FramedDimension::input(rows), FramedDimension::input(cols));
  dy_frames_.build(out_channels(), FramedDimension::output(rows), FramedDimension::output(cols));
}

Parameters Convolution::parameters() const { return options_.bias ? Parameters{weight_, bias_} : Parameters{weight_}; }

MatrixView Convolution::output_of(const Tensor& dy, Index n) const {
  return {dy.data() + n * dy.cols(), x_frames_.windows(), out_channels(), out_.col, out_.channel};
}

namespace {

/// Writes sums [places, channels] to a sample, in which channels may lie side by side or far apart.
void write(const MatrixView& sums, Scalar* sample, const SampleLayout& layout) {
  if (layout.channel == 1) {
    copy(sums, {sample, sums.rows, sums.cols, layout.col});
  } else {
    copy(sums.transposed(), {sample, sums.cols, sums.rows, layout.channel});
  }
}

/// The memory in which a thread makes the sums of a sample.
MatrixTarget sums_of(Index places, Index channels) {
  thread_local std::vector<Scalar> memory;
  const auto size = static_cast<size_t>(places * channels);
  if (memory.size() < size) memory.resize(size);
  return {memory.data(), places, channels, channels};
}

}  // namespace

void Convolution::forward(const Tensor& x, Tensor& y, const Pass&) {
  x_frames_.resize(x.rows());
  filters_.pack(MatrixView(weight_->value).transposed());
  parallel_for(x.rows(), 1, [&](Index begin, Index end) {
    for (Index n = begin; n < end; ++n) {
      x_frames_.load(n, x.data() + n * x.cols(), in_);
      const MatrixTarget sums = sums_of(x_frames_.windows(), out_channels());
      // y = P Wᵀ + b
      for (Index w = 0; w < sums.rows; ++w) {
        Scalar* const row = sums.data + w * sums.row_stride;
        if (options_.bias) {
          copy_few(bias_->value.data(), sums.cols, row);
        } else {
          std::fill_n(row, sums.cols, Scalar(0));
        }
      }
      multiply_add(x_frames_.patches(n), filters_, sums);
      write(sums.view(), y.data() + n * y.cols(), out_);
    }
  });
}

void Convolution::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  add_weight_gradient(dy);
  if (options_.bias) add_bias_gradient(dy);
  if (dx != nullptr) input_gradient(dy, *dx);
}

void Convolution::add_weight_gradient(const Tensor& dy) {
  const Index taps = x_frames_.taps(), channels = out_channels();
  d_weight_.resize({taps, channels});
  d_weight_sum_.assign(static_cast<size_t>(taps * channels), 0);
  parallel_for(
      taps, 4,
      [&](Index begin, Index end) {
        thread_local PackedMatrix packed;
        const MatrixTarget rows(d_weight_.data() + begin * channels, end - begin, channels, channels);
        double* const sum = d_weight_sum_.data() + begin * channels;
        for (Index n = 0; n < dy.rows(); ++n) {
          // dWᵀ = Pᵀ dy, of one sample; and their sum, as all sums are made
          packed.pack(output_of(dy, n));
          multiply(x_frames_.patches(n).transposed().middle_rows(begin, end - begin), packed, rows);
          for (Index i = 0; i < (end - begin) * channels; ++i) sum[i] += static_cast<double>(rows.data[i]);
        }
        for (Index i = 0; i < (end - begin) * channels; ++i) rows.data[i] = static_cast<Scalar>(sum[i]);
      },
      4);
  weight_->grad.matrix() += d_weight_.matrix().transpose();
}

void Convolution::add_bias_gradient(const Tensor& dy) {
  // An image has all its places for one channel, then for the next; a sequence has the channels side by side.
  const Index places = x_frames_.windows(), channels = out_channels();
  const bool side_by_side = out_.channel == 1;
  const Channels layout{side_by_side ? dy.rows() * places : dy.rows(), channels, side_by_side ? 1 : places};
  // db = Σ dy
  add_sum_of_channels(layout, dy, bias_->grad);
}

void Convolution::input_gradient(const Tensor& dy, Tensor& dx) {
  const Index in = options_.in_channels, out = out_channels(), window = x_frames_.taps() / in;
  exchanged_.resize({in, out * window});
  for (Index o = 0; o < out; ++o) {
    for (Index c = 0; c < in; ++c) {
      std::copy_n(weight_->value.data() + (o * in + c) * window, window, exchanged_.data() + (c * out + o) * window);
    }
  }
  filters_.pack(MatrixView(exchanged_).transposed());
  dy_frames_.resize(dy.rows());
  parallel_for(dy.rows(), 1, [&](Index begin, Index end) {
    for (Index n = begin; n < end; ++n) {
      dy_frames_.load(n, dy.data() + n * dy.cols(), out_);
      const MatrixTarget sums = sums_of(dy_frames_.windows(), in);
      // dx = D Vᵀ
      multiply(dy_frames_.patches(n), filters_, sums);
      write(sums.view(), dx.data() + n * dx.cols(), in_);
    }
  });
}

}  // namespace toydl
