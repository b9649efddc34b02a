#include <toydl/layers/max_pool2d.h>

namespace toydl {

MaxPool2D::MaxPool2D(Options options) : Pool2D(options) { check_options(*this); }

void MaxPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  largest_.resize(static_cast<size_t>(y.size()));
  for_each_window(y.size(), [&](Index window, Index first) {
    Index largest = first;
    Scalar most = x[first];
    for_each_number(first, [&](Index position) {
      // Written so that NaN is the largest of all, and is seen; and without a branch, which would often be guessed wrongly.
      const bool is_larger = !(x[position] <= most);
      most = is_larger ? x[position] : most;
      largest = is_larger ? position : largest;
    });
    largest_[static_cast<size_t>(window)] = largest;
    y[window] = most;
  });
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
