#include <toydl/elementwise.h>
#include <toydl/math.h>

namespace toydl {

void sigmoid(const Scalar* x, Scalar* y, Index count) {
  for (Index i = 0; i < count; ++i) y[i] = sigmoid(x[i]);
}

void sigmoid(Scalar* x, Index count) {
  for (Index i = 0; i < count; ++i) x[i] = sigmoid(x[i]);
}

void tanh(const Scalar* x, Scalar* y, Index count) {
  for (Index i = 0; i < count; ++i) y[i] = tanh(x[i]);
}

void tanh(Scalar* x, Index count) {
  for (Index i = 0; i < count; ++i) x[i] = tanh(x[i]);
}

}  // namespace toydl
