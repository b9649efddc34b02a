#include <toydl/layers/avg_pool2d.h>

namespace toydl {

AvgPool2D::AvgPool2D(Options options) : Pool2D(options) { check_options(*this); }

void AvgPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  // y = mean over the window
  y.fill(0);
  for_each_number(y.size(), [&](Index window, Index position) { y[window] += x[position]; });
  y.array() /= static_cast<Scalar>(window_size());
}

void AvgPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  dx->fill(0);
  // Every number of a window gets dy / numbers in a window.
  for_each_number(dy.size(), [&](Index window, Index position) {
    (*dx)[position] += dy[window] / static_cast<Scalar>(window_size());
  });
}

Descriptor<Layer> AvgPool2D::descriptor() {
  return describe_pool<AvgPool2D>("AvgPool2D", "Takes the mean of every window of an image.");
}

}  // namespace toydl
