#include <toydl/layers/avg_pool2d.h>

#include <algorithm>

namespace toydl {

AvgPool2D::AvgPool2D(Options options) : Pool2D(options) { check_options(*this); }

void AvgPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  const auto numbers = static_cast<Scalar>(window_size());
  const Index windows = windows_in_row(), stride = this->stride();
  for_each_row(y.size(), [&](Index window, Index first) {
    // Some windows side by side: each sum must wait for itself.
    constexpr Index together = 8;
    for (Index begin = 0; begin < windows; begin += together) {
      const Index count = std::min(together, windows - begin);
      const Scalar* const from = x.data() + first + begin * stride;
      double sums[together] = {};
      for_each_number([&](Index offset) {
        for (Index w = 0; w < count; ++w) sums[w] += static_cast<double>(from[offset + w * stride]);
      });
      // y = mean over the window
      for (Index w = 0; w < count; ++w) y[window + begin + w] = static_cast<Scalar>(sums[w]) / numbers;
    }
  });
}

void AvgPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  const auto numbers = static_cast<Scalar>(window_size());
  const Index count = windows_in_row(), stride = this->stride();
  give_to_numbers(dy, *dx, [&](Index window, auto* to) {
    const Scalar* const d = dy.data() + window;
    for_each_number([&](Index offset) {
      // Every number of a window gets dy / numbers in a window.
      for (Index w = 0; w < count; ++w) to[w * stride + offset] += d[w] / numbers;
    });
  });
}

Descriptor<Layer> AvgPool2D::descriptor() {
  return describe_pool<AvgPool2D>("AvgPool2D", "Takes the mean of every window of an image.");
}

}  // namespace toydl
