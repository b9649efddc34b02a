#include <toydl/descriptor.h>
#include <toydl/layers/global_avg_pool2d.h>
#include <toydl/sum.h>

#include <algorithm>

namespace toydl {

Shape GlobalAvgPool2D::build(const Shape& in, Rng&) {
  require_image(in);
  return {in[0]};
}

void GlobalAvgPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  const Index pixels = x.cols() / y.cols();
  // y[c] = mean over i, j of x[c, i, j]
  sum_channels(Channels::rows(y.size(), pixels), x.data(), y.data());
  y.array() /= static_cast<Scalar>(pixels);
}

void GlobalAvgPool2D::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  const Index pixels = x.cols() / dy.cols();
  for (Index c = 0; c < dy.size(); ++c) {
    // dx[c, i, j] = dy[c] / (height · width)
    std::fill_n(dx->data() + c * pixels, pixels, dy[c] / static_cast<Scalar>(pixels));
  }
}

Descriptor<Layer> GlobalAvgPool2D::descriptor() {
  return describe_as<Layer, GlobalAvgPool2D>("GlobalAvgPool2D", "Takes the mean of every channel of an image.", {},
                                             {{.input = {3, 4, 5}}});
}

}  // namespace toydl
