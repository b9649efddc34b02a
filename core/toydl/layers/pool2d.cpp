#include <toydl/layers/pool2d.h>

namespace toydl {

Shape Pool2D::build(const Shape& in, Rng&) {
  require_image(in);
  const Index stride = options_.stride == 0 ? options_.size : options_.stride;
  rows_ = Windows::along(in[1], options_.size, stride, Padding::valid, "height");
  cols_ = Windows::along(in[2], options_.size, stride, Padding::valid, "width");
  return {in[0], rows_.count, cols_.count};
}

}  // namespace toydl
