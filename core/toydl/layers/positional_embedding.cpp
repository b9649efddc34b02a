#include <toydl/descriptor.h>
#include <toydl/layers/positional_embedding.h>
#include <toydl/rows.h>

namespace toydl {

PositionalEmbedding::PositionalEmbedding(Options options) : options_(std::move(options)) { check_options(*this); }

Shape PositionalEmbedding::build(const Shape& in, Rng& rng) {
  require_sequence(in);
  weight_->build(in, *options_.weight_initializer, Fans::of(in), rng);
  return in;
}

void PositionalEmbedding::forward(const Tensor& x, Tensor& y, const Pass&) {
  // y = x + W
  for (Index n = 0; n < x.rows(); ++n)
    y.matrix().row(n) = x.matrix().row(n) + weight_->value.array().matrix().transpose();
}

void PositionalEmbedding::backward(const Tensor&, const Tensor&, const Tensor& dy, Tensor* dx) {
  // dW = Σ dy over the batch
  add_sum_of_rows(dy, weight_->grad);
  if (dx != nullptr) dx->array() = dy.array();
}

Descriptor<Layer> PositionalEmbedding::descriptor() {
  return describe_as<Layer, PositionalEmbedding>(
      "PositionalEmbedding", "Adds a learnt vector to every time step.",
      {option("weight_initializer", &Options::weight_initializer, "First values of the vectors [time, features].")},
      {{.input = {4, 3}}});
}

}  // namespace toydl
