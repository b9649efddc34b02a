#include <toydl/descriptor.h>
#include <toydl/layers/global_avg_pool1d.h>
#include <toydl/sum.h>

namespace toydl {

Shape GlobalAvgPool1D::build(const Shape& in, Rng&) {
  require_sequence(in);
  return {in[1]};
}

void GlobalAvgPool1D::forward(const Tensor& x, Tensor& y, const Pass&) {
  const Index features = y.cols(), time = x.cols() / features;
  for (Index n = 0; n < x.rows(); ++n) {
    sum_channels(Channels::columns(time, features), x.data() + n * x.cols(), y.data() + n * features);
  }
  // y[f] = mean over t of x[t, f]
  y.array() /= static_cast<Scalar>(time);
}

void GlobalAvgPool1D::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  const Index features = dy.cols(), time = x.cols() / features;
  for (Index row = 0; row < x.rows() * time; ++row) {
    // dx[t, f] = dy[f] / time
    dx->last_dimension().row(row) = dy.matrix().row(row / time) / static_cast<Scalar>(time);
  }
}

Descriptor<Layer> GlobalAvgPool1D::descriptor() {
  return describe_as<Layer, GlobalAvgPool1D>(
      "GlobalAvgPool1D", "Takes the mean of every feature of a sequence, over time.", {}, {{.input = {4, 3}}});
}

}  // namespace toydl
