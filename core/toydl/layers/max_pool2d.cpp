#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/max_pool2d.h>

namespace toydl {

MaxPool2D::MaxPool2D(Options options) : options_(std::move(options)) { check_options(*this); }

Shape MaxPool2D::build(const Shape& in, Rng&) {
  if (in.rank() != 3) {
    throw Error(ErrorCode::shape,
                concat("takes images, [channels, height, width], but gets samples of shape ", in, "."));
  }
  const Index stride = options_.stride == 0 ? options_.size : options_.stride;
  rows_ = Windows::along(in[1], options_.size, stride, Padding::valid, "height");
  cols_ = Windows::along(in[2], options_.size, stride, Padding::valid, "width");
  return {in[0], rows_.count, cols_.count};
}

void MaxPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  largest_.resize(static_cast<size_t>(y.size()));
  Index output = 0;
  for (Index image = 0; image < x.size() / (rows_.length * cols_.length); ++image) {
    const Index start = image * rows_.length * cols_.length;
    for (Index i = 0; i < rows_.count; ++i) {
      for (Index j = 0; j < cols_.count; ++j, ++output) {
        Index largest = start + rows_.start(i) * cols_.length + cols_.start(j);
        for (Index k = 0; k < rows_.size; ++k) {
          for (Index l = 0; l < cols_.size; ++l) {
            const Index position = start + (rows_.start(i) + k) * cols_.length + cols_.start(j) + l;
            // Written so that NaN is the largest of all, and is seen.
            if (!(x[position] <= x[largest])) largest = position;
          }
        }
        largest_[static_cast<size_t>(output)] = largest;
        y[output] = x[largest];
      }
    }
  }
}

void MaxPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  dx->fill(0);
  for (Index i = 0; i < dy.size(); ++i) (*dx)[largest_[static_cast<size_t>(i)]] += dy[i];
}

Descriptor<Layer> MaxPool2D::descriptor() {
  return describe_as<Layer, MaxPool2D>(
      "MaxPool2D", "Keeps the largest number of every window of an image.",
      {required("size", &Options::size, "Height and width of a window.", {.min = 1, .max = 1024}),
       option("stride", &Options::stride, "From one window to the next; 0: as far as a window is large.",
              {.min = 0, .max = 1024})},
      {{.options = R"({"size": 2})", .input = {2, 6, 4}},
       {.options = R"({"size": 3, "stride": 2})", .input = {2, 7, 6}}});
}

}  // namespace toydl
