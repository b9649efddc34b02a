#include <toydl/layers/max_pool2d.h>

#include <algorithm>
#include <limits>
#include <type_traits>

namespace toydl {

MaxPool2D::MaxPool2D(Options options) : Pool2D(options) { check_options(*this); }

namespace {

/// Takes one number of each window of a row, `stride` apart, and keeps it where it is larger than those before; its offset too. NaN
/// is the largest of all, so that it is seen. No branches, so that compilers vectorise it.
template <class Stride>
void keep_larger(const Scalar* numbers, Stride stride, int32_t offset, Index count, Scalar* most, int32_t* where) {
  for (Index w = 0; w < count; ++w) {
    const Scalar number = numbers[w * stride];
    const bool is_larger = (number > most[w]) | (number != number);
    most[w] = is_larger ? number : most[w];
    where[w] = is_larger ? offset : where[w];
  }
}

}  // namespace

void MaxPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  largest_.resize(static_cast<size_t>(y.size()));
  const Index count = windows_in_row(), stride = this->stride();
  for_each_row(y.size(), [&](Index window, Index first) {
    Scalar* const most = y.data() + window;
    int32_t* const where = largest_.data() + window;
    std::fill_n(most, count, -std::numeric_limits<Scalar>::infinity());
    std::fill_n(where, count, 0);
    // y = max over the window
    for_each_number([&](Index offset) {
      const Scalar* const numbers = x.data() + first + offset;
      if (stride == 2) {
        keep_larger(numbers, std::integral_constant<Index, 2>(), static_cast<int32_t>(offset), count, most, where);
      } else {
        keep_larger(numbers, stride, static_cast<int32_t>(offset), count, most, where);
      }
    });
  });
}

void MaxPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  dx->fill(0);
  const Index count = windows_in_row(), stride = this->stride();
  for_each_row(dy.size(), [&](Index window, Index first) {
    const int32_t* const where = largest_.data() + window;
    Scalar* const to = dx->data() + first;
    // dy goes to the number that was largest
    for (Index w = 0; w < count; ++w) to[w * stride + where[w]] += dy[window + w];
  });
}

Descriptor<Layer> MaxPool2D::descriptor() {
  return describe_pool<MaxPool2D>("MaxPool2D", "Keeps the largest number of every window of an image.");
}

}  // namespace toydl
