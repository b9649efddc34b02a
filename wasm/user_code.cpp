#include "user_code.h"

#include "convert.h"

namespace toydl::wasm {
namespace {

using emscripten::val;

/// Something that JavaScript may use until the call returns.
template <class T>
std::shared_ptr<T> lent(const T& object) {
  return std::shared_ptr<T>(std::shared_ptr<void>(), const_cast<T*>(&object));
}

}  // namespace

Shape UserLayer::build(const Shape& in, Rng& rng) {
  const val built = object_.call("build", from_shape(in));
  parameters_ = to_pointers<Parameter>(built["parameters"]);
  const auto initializers = to_pointers<Initializer>(built["initializers"]);
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const Shape shape = to_shape(built["shapes"][i]);
    parameters_[i]->build(shape, *initializers[i], Fans::of(shape), rng);
  }
  return to_shape(built["output"]);
}

void UserLayer::forward(const Tensor& x, Tensor& y, const Pass& pass) {
  object_.call("forward", lent(x), lent(y), pass.training(), lent(pass.rng));
}

void UserLayer::backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx) {
  object_.call("backward", lent(x), lent(y), lent(dy), dx == nullptr ? val::null() : val(lent(*dx)));
}

Scalar UserLoss::forward(const Tensor& prediction, const Tensor& target) {
  d_prediction_.resize(prediction.shape());
  return object_.call("forward", lent(prediction), lent(target)).as<Scalar>();
}

const Tensor& UserLoss::backward() {
  object_.call("backward", lent(d_prediction_));
  return d_prediction_;
}

void UserInitializer::fill(Tensor& tensor, Fans fans, Rng& rng) const {
  object_.call("fill", lent(tensor), static_cast<double>(fans.in), static_cast<double>(fans.out), lent(rng));
}

void UserMetric::update(const Tensor& prediction, const Tensor& target) {
  object_.call("update", lent(prediction), lent(target));
}

}  // namespace toydl::wasm
