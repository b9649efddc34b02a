#include <toydl/layers/max_pool2d.h>

namespace toydl {

MaxPool2D::MaxPool2D(Options options) : Pool2D(options) { check_options(*this); }

void MaxPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  largest_.assign(static_cast<size_t>(y.size()), -1);
  for_each_number(y.size(), [&](Index window, Index position) {
    Index& largest = largest_[static_cast<size_t>(window)];
    // Written so that NaN is the largest of all, and is seen.
    if (largest < 0 || !(x[position] <= x[largest])) largest = position;
  });
  for (Index window = 0; window < y.size(); ++window) y[window] = x[largest_[static_cast<size_t>(window)]];
}

void MaxPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  dx->fill(0);
  for (Index window = 0; window < dy.size(); ++window) (*dx)[largest_[static_cast<size_t>(window)]] += dy[window];
}

Descriptor<Layer> MaxPool2D::descriptor() {
  return describe_pool<MaxPool2D>("MaxPool2D", "Keeps the largest number of every window of an image.");
}

}  // namespace toydl
