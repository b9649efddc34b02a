#include <toydl/layers/avg_pool2d.h>

namespace toydl {

AvgPool2D::AvgPool2D(Options options) : Pool2D(options) { check_options(*this); }

void AvgPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  for_each_window(y.size(), [&](Index window, Index first) {
    Scalar sum = 0;
    for_each_number(first, [&](Index position) { sum += x[position]; });
    // y = mean over the window
    y[window] = sum / static_cast<Scalar>(window_size());
  });
}

void AvgPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  dx->fill(0);
  for_each_window(dy.size(), [&](Index window, Index first) {
    // Every number of a window gets dy / numbers in a window.
    const Scalar share = dy[window] / static_cast<Scalar>(window_size());
    for_each_number(first, [&](Index position) { (*dx)[position] += share; });
  });
}

Descriptor<Layer> AvgPool2D::descriptor() {
  return describe_pool<AvgPool2D>("AvgPool2D", "Takes the mean of every window of an image.");
}

}  // namespace toydl
