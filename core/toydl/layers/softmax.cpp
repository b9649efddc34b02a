#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/softmax.h>
#include <toydl/math.h>
#include <toydl/sum.h>

namespace toydl {

Shape Softmax::build(const Shape& in, Rng&) {
  if (in.rank() == 0)
    throw Error(ErrorCode::shape, "needs samples with a dimension, [classes], to make probabilities of");
  return in;
}

void softmax(const Tensor& x, Tensor& y) {
  const auto in = x.last_dimension();
  auto p = y.last_dimension();
  for (Index row = 0; row < in.rows(); ++row) {
    const Scalar largest = in.row(row).maxCoeff();
    for (Index i = 0; i < in.cols(); ++i) p(row, i) = exp(in(row, i) - largest);
    const Scalar total = sum(p.row(row));
    for (Index i = 0; i < in.cols(); ++i) {
      // yᵢ = exp(xᵢ - max x) / Σⱼ exp(xⱼ - max x), and at least the smallest normal number; NaN stays NaN
      const Scalar share = p(row, i) / total;
      p(row, i) = share < smallest_probability ? smallest_probability : share;
    }
  }
}

void Softmax::forward(const Tensor& x, Tensor& y, const Pass&) { softmax(x, y); }

void Softmax::backward(const Tensor&, const Tensor& y, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  const auto p = y.last_dimension();
  const auto dp = dy.last_dimension();
  auto d = dx->last_dimension();
  for (Index row = 0; row < p.rows(); ++row) {
    const Scalar total = sum(dp.row(row).cwiseProduct(p.row(row)));
    // dxᵢ = yᵢ (dyᵢ - Σⱼ dyⱼ yⱼ)
    for (Index i = 0; i < p.cols(); ++i) d(row, i) = p(row, i) * (dp(row, i) - total);
  }
}

Descriptor<Layer> Softmax::descriptor() {
  return describe_as<Layer, Softmax>("Softmax", "Turns the last dimension into probabilities with sum 1.", {},
                                     {{.input = {5}}, {.input = {3, 4}}});
}

}  // namespace toydl
