#include <toydl/chain.h>
#include <toydl/error.h>
#include <toydl/registry.h>
#include <toydl/state.h>

#include <algorithm>
#include <exception>

namespace toydl {

Shape Chain::build(const Shape& in, Rng& rng) {
  for (size_t i = 0; i < layers_.size(); ++i) require_unused(i);
  Shape shape = in;
  std::vector<Shape> shapes;
  for (size_t i = 0; i < layers_.size(); ++i) {
    layers_[i]->user_ = this;
    try {
      if (shape.size() == 0) throw Error(ErrorCode::shape, concat("gets samples without numbers, ", shape, "."));
      shape = layers_[i]->build(shape, rng);
      // Refuses a sample of so many dimensions that a batch of it would have too many.
      shape.batch(1);
    } catch (...) {
      for (const auto& parameter : parameters()) parameter->resize({0});
      release();
      rethrow_from(i);
    }
    shapes.push_back(shape);
  }
  output_shapes_ = std::move(shapes);
  // A user's own layer has its backward pass in any case: whoever writes one wants to see it run.
  const auto is_idle = [](const Ref<Layer>& layer) {
    return layer->parameters().empty() && descriptor_of(*layer) != nullptr;
  };
  first_learning_ = static_cast<size_t>(std::ranges::find_if_not(layers_, is_idle) - layers_.begin());
  outputs_.resize(layers_.size());
  gradients_.resize(layers_.size());
  return shape;
}

void Chain::require_unused(size_t layer) const {
  const auto is_same = [&](const Ref<Layer>& other) { return &*other == &*layers_[layer]; };
  const bool twice = std::count_if(layers_.begin(), layers_.end(), is_same) > 1;
  const Chain* const user = layers_[layer]->user_;
  const bool elsewhere = user != nullptr && user != this;
  const bool built = std::ranges::any_of(layers_[layer]->parameters(),
                                         [](const auto& parameter) { return parameter->value.size() > 0; });
  if (!twice && !elsewhere && !built) return;
  throw Error(ErrorCode::state, concat(place(layer), twice ? " is in this model twice" : " already belongs to a model",
                                       ". Make a new layer for each place."));
}

void Chain::release() {
  for (const auto& layer : layers_) {
    if (layer->user_ == this) layer->user_ = nullptr;
  }
}

void Chain::forward(const Tensor& x, Tensor& y, const Pass& pass) {
  const Tensor* in = &x;
  for (size_t i = 0; i < layers_.size(); ++i) {
    Tensor& out = i + 1 == layers_.size() ? y : outputs_[i];
    out.resize(output_shapes_[i].batch(x.rows()));
    try {
      layers_[i]->forward(*in, out, pass);
    } catch (...) {
      rethrow_from(i);
    }
    in = &out;
  }
}

void Chain::backward(const Tensor& x, const Tensor& y, const Tensor& dy, Tensor* dx, size_t count) {
  const Tensor* d = &dy;
  const size_t last = dx == nullptr ? first_learning_ : 0;
  for (size_t i = count; i-- > last;) {
    const Tensor& in = i == 0 ? x : outputs_[i - 1];
    Tensor* const d_in = i == last ? dx : &gradients_[i - 1];
    if (d_in != nullptr) d_in->resize(in.shape());
    try {
      layers_[i]->backward(in, i + 1 == layers_.size() ? y : outputs_[i], *d, d_in);
    } catch (...) {
      rethrow_from(i);
    }
    d = d_in;
  }
}

Parameters Chain::parameters() const {
  Parameters all;
  for (const auto& layer : layers_) std::ranges::move(layer->parameters(), std::back_inserter(all));
  return all;
}

Parameters Chain::buffers() const {
  Parameters all;
  for (const auto& layer : layers_) std::ranges::move(layer->buffers(), std::back_inserter(all));
  return all;
}

Index Chain::least_batch() const {
  Index least = 1;
  for (const auto& layer : layers_) least = std::max(least, layer->least_batch());
  return least;
}

void Chain::visit_state(StateVisitor& state) {
  for (size_t i = 0; i < layers_.size(); ++i) {
    state.within(std::to_string(i), [&] { layers_[i]->visit_state(state); });
  }
}

bool Chain::owns(const Tensor& tensor) const {
  const auto is_it = [&](const Tensor& other) { return &other == &tensor; };
  return std::ranges::any_of(outputs_, is_it) || std::ranges::any_of(gradients_, is_it);
}

std::string Chain::describe() const {
  std::string text;
  for (const auto& layer : layers_) text += (text.empty() ? "" : ", ") + layer->describe();
  return text;
}

std::string Chain::name(size_t layer) const {
  return concat("layer ", layer + 1, " of ", layers_.size(), ", ", layers_[layer]->describe());
}

std::string Chain::place(size_t layer) const {
  return layer == 0 ? name(layer) : concat(name(layer), ", after ", layers_[layer - 1]->describe(), ",");
}

void Chain::rethrow_from(size_t layer) const {
  try {
    throw;
  } catch (const Error& error) {
    const Error placed(error.code(), concat(place(layer), " ", error.what()));
    if (dynamic_cast<const std::nested_exception*>(&error) != nullptr) std::throw_with_nested(placed);
    throw placed;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    // What a layer of the user's own throws is kept: std::rethrow_if_nested gives it back.
    std::throw_with_nested(Error(ErrorCode::user, concat(place(layer), " failed: ", error.what())));
  }
}

}  // namespace toydl
