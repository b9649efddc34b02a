#include <toydl/layers/avg_pool2d.h>

#include <algorithm>

namespace toydl {

AvgPool2D::AvgPool2D(Options options) : Pool2D(options) { check_options(*this); }

void AvgPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  const auto numbers = static_cast<Scalar>(window_size());
  const Index count = windows_in_row(), stride = this->stride();
  for_each_row(y.size(), [&](Index window, Index first) {
    Scalar* const mean = y.data() + window;
    std::fill_n(mean, count, Scalar(0));
    for_each_number([&](Index offset) {
      const Scalar* const from = x.data() + first + offset;
      for (Index w = 0; w < count; ++w) mean[w] += from[w * stride];
    });
    // y = mean over the window
    for (Index w = 0; w < count; ++w) mean[w] /= numbers;
  });
}

void AvgPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  dx->fill(0);
  const auto numbers = static_cast<Scalar>(window_size());
  const Index count = windows_in_row(), stride = this->stride();
  for_each_row(dy.size(), [&](Index window, Index first) {
    const Scalar* const d = dy.data() + window;
    for_each_number([&](Index offset) {
      Scalar* const to = dx->data() + first + offset;
      // Every number of a window gets dy / numbers in a window.
      for (Index w = 0; w < count; ++w) to[w * stride] += d[w] / numbers;
    });
  });
}

Descriptor<Layer> AvgPool2D::descriptor() {
  return describe_pool<AvgPool2D>("AvgPool2D", "Takes the mean of every window of an image.");
}

}  // namespace toydl
