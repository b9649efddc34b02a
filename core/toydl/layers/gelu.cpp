#include <toydl/descriptor.h>
#include <toydl/layers/gelu.h>
#include <toydl/math.h>

namespace toydl {
namespace {

/// Φ(x)
Scalar share_below(Scalar x) { return Scalar(0.5) * erfc(x * Scalar(-0.70710678118654752)); }

/// φ(x)
Scalar density(Scalar x) { return Scalar(0.39894228040143268) * exp(Scalar(-0.5) * x * x); }

}  // namespace

void GELU::forward(const Tensor& x, Tensor& y, const Pass&) {
  // y = x Φ(x)
  for (Index i = 0; i < x.size(); ++i) y[i] = x[i] * share_below(x[i]);
}

void GELU::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  // dx = dy (Φ(x) + x φ(x))
  for (Index i = 0; i < x.size(); ++i) (*dx)[i] = dy[i] * (share_below(x[i]) + x[i] * density(x[i]));
}

Descriptor<Layer> GELU::descriptor() {
  return describe_as<Layer, GELU>("GELU", "x times the share of a normal distribution below x: a smooth ReLU.", {},
                                  {{.input = {6}}, {.input = {2, 3, 4}}});
}

}  // namespace toydl
