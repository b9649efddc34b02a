#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/avg_pool2d.h>

namespace toydl {

AvgPool2D::AvgPool2D(Options options) : options_(std::move(options)) { check_options(*this); }

Shape AvgPool2D::build(const Shape& in, Rng&) {
  if (in.rank() != 3) {
    throw Error(ErrorCode::shape,
                concat("takes images, [channels, height, width], but gets samples of shape ", in, "."));
  }
  const Index stride = options_.stride == 0 ? options_.size : options_.stride;
  rows_ = Windows::along(in[1], options_.size, stride, Padding::valid, "height");
  cols_ = Windows::along(in[2], options_.size, stride, Padding::valid, "width");
  return {in[0], rows_.count, cols_.count};
}

void AvgPool2D::forward(const Tensor& x, Tensor& y, const Pass&) {
  const Scalar share = 1 / static_cast<Scalar>(rows_.size * cols_.size);
  y.fill(0);
  for_each_pair(x.size(), [&](Index in, Index out) { y[out] += x[in]; });
  y.array() *= share;
}

void AvgPool2D::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  const Scalar share = 1 / static_cast<Scalar>(rows_.size * cols_.size);
  dx->fill(0);
  for_each_pair(dx->size(), [&](Index in, Index out) { (*dx)[in] += share * dy[out]; });
}

Descriptor<Layer> AvgPool2D::descriptor() {
  return describe_as<Layer, AvgPool2D>(
      "AvgPool2D", "Takes the mean of every window of an image.",
      {required("size", &Options::size, "Height and width of a window.", {.min = 1, .max = 1024}),
       option("stride", &Options::stride, "From one window to the next; 0: as far as a window is large.",
              {.min = 0, .max = 1024})},
      {{.options = R"({"size": 2})", .input = {2, 6, 4}},
       {.options = R"({"size": 3, "stride": 2})", .input = {2, 7, 6}}});
}

}  // namespace toydl
