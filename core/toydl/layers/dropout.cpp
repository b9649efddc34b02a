#include <toydl/descriptor.h>
#include <toydl/layers/dropout.h>

namespace toydl {

Dropout::Dropout(Options options) : options_(std::move(options)) { check_options(*this); }

void Dropout::forward(const Tensor& x, Tensor& y, const Pass& pass) {
  factors_.resize(x.shape());
  const auto rate = static_cast<Scalar>(options_.rate), kept = static_cast<Scalar>(1 / (1 - options_.rate));
  for (Scalar& factor : factors_.values()) {
    const bool dropped = pass.training() && pass.rng.uniform() < rate;
    // m / (1 - p), or 1 outside of training
    factor = dropped ? 0 : pass.training() ? kept : 1;
  }
  y.array() = x.array() * factors_.array();
}

void Dropout::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  if (dx != nullptr) dx->array() = dy.array() * factors_.array();
}

Descriptor<Layer> Dropout::descriptor() {
  return describe_as<Layer, Dropout>(
      "Dropout", "In training, sets a random part of the numbers to 0.",
      {required("rate", &Options::rate, "p, the part that is dropped.", {.min = 0, .max = 0.99})},
      {{.options = R"({"rate": 0.5})", .input = {7}}, {.options = R"({"rate": 0.2})", .input = {2, 3, 4}}});
}

}  // namespace toydl
