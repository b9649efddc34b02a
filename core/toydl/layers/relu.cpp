#include <toydl/descriptor.h>
#include <toydl/layers/relu.h>
#include <toydl/parallel.h>

namespace toydl {

namespace {

/// Numbers that are worth a thread.
constexpr Index least = 1 << 15;

}  // namespace

void ReLU::forward(const Tensor& x, Tensor& y, const Pass&) {
  parallel_for(x.size(), least, [&](Index begin, Index end) {
    const Scalar* const in = x.data();
    Scalar* const out = y.data();
    // y = max(0, x), written so that NaN stays NaN
    for (Index i = begin; i < end; ++i) out[i] = in[i] < 0 ? Scalar(0) : in[i];
  });
}

void ReLU::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx == nullptr) return;
  parallel_for(x.size(), least, [&](Index begin, Index end) {
    const Scalar* const in = x.data();
    const Scalar* const d = dy.data();
    Scalar* const out = dx->data();
    for (Index i = begin; i < end; ++i) {
      // dx = dy where x > 0, else 0; read in any case, for no branch
      const Scalar gradient = d[i];
      out[i] = in[i] > 0 ? gradient : Scalar(0);
    }
  });
}

Descriptor<Layer> ReLU::descriptor() {
  return describe_as<Layer, ReLU>("ReLU", "The rectified linear unit: y = max(0, x).", {},
                                  {{.input = {6}}, {.input = {2, 3, 4}}});
}

}  // namespace toydl
