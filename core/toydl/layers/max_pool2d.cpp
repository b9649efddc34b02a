#include <toydl/layers/max_pool2d.h>

#include <algorithm>
#include <limits>
#include <type_traits>

namespace toydl {

MaxPool2D::MaxPool2D(Options options) : Pool2D(options) { check_options(*this); }

namespace {

/// Some windows of a row side by side, in the lanes of a vector: compilers would put branches for each, and guess them wrongly.
typedef Scalar Numbers __attribute__((vector_size(16)));
using Places = decltype(Numbers{} > Numbers{});  // whole numbers of the same size
constexpr Index lanes = 16 / sizeof(Scalar);

}  // namespace

void MaxPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  largest_.resize(static_cast<size_t>(y.size()));
  const Index windows = windows_in_row();
  for_each_row(y.size(), [&](Index window, Index first) {
    for (Index begin = 0; begin < windows; begin += lanes) {
      const Index count = std::min(lanes, windows - begin);
      const Scalar* from[lanes];
      for (Index j = 0; j < lanes; ++j) {
        from[j] = x.data() + first + (begin + std::min(j, count - 1)) * stride();
      }
      Numbers most = Numbers{} - std::numeric_limits<Scalar>::infinity();
      Places where{};
      // y = max over the window
      for_each_number([&](Index offset) {
        Numbers numbers{};
        for (Index j = 0; j < lanes; ++j) numbers[j] = from[j][offset];
        // NaN is the largest of all, so that it is seen.
        const Places is_larger = (numbers > most) | (numbers != numbers);
        most = is_larger ? numbers : most;
        where = is_larger ? Places{} + static_cast<std::decay_t<decltype(where[0])>>(offset) : where;
      });
      for (Index j = 0; j < count; ++j) {
        y[window + begin + j] = most[j];
        largest_[static_cast<size_t>(window + begin + j)] = static_cast<int32_t>(where[j]);
      }
    }
  });
}

void MaxPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  const Index count = windows_in_row(), stride = this->stride();
  give_to_numbers(dy, *dx, [&](Index window, auto* to) {
    const int32_t* const where = largest_.data() + window;
    // dy goes to the number that was largest
    for (Index w = 0; w < count; ++w) to[w * stride + where[w]] += dy[window + w];
  });
}

Descriptor<Layer> MaxPool2D::descriptor() {
  return describe_pool<MaxPool2D>("MaxPool2D", "Keeps the largest number of every window of an image.");
}

}  // namespace toydl
