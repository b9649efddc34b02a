#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/reshape.h>

namespace toydl {

Reshape::Reshape(Options options) : options_(options) { check_options(*this); }

Reshape::Reshape(const Shape& shape) : Reshape(Options{.shape = shape}) {}

Shape Reshape::build(const Shape& in, Rng&) {
  if (in.size() != options_.shape.size()) {
    throw Error(ErrorCode::shape, concat("makes samples of ", options_.shape.size(), " numbers, ", options_.shape,
                                         ", but gets ", in.size(), ", ", in, "."));
  }
  return options_.shape;
}

void Reshape::forward(const Tensor& x, Tensor& y, const Pass&) { y.array() = x.array(); }

void Reshape::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx != nullptr) dx->array() = dy.array();
}

Descriptor<Layer> Reshape::descriptor() {
  return describe_as<Layer, Reshape>(
      "Reshape", "Gives every sample another shape.", {required("shape", &Options::shape, "Shape of one sample of y.")},
      {{.options = R"({"shape": [2, 2, 3]})", .input = {12}}, {.options = R"({"shape": [4, 3]})", .input = {2, 3, 2}}});
}

}  // namespace toydl
