#include <toydl/descriptor.h>
#include <toydl/error.h>
#include <toydl/layers/embedding.h>
#include <toydl/sum.h>

#include <algorithm>
#include <cmath>

namespace toydl {

Embedding::Embedding(Options options) : options_(std::move(options)) { check_options(*this); }

Embedding::Embedding(Index count, Index features, Options options) : options_(std::move(options)) {
  options_.count = count;
  options_.features = features;
  check_options(*this);
}

Shape Embedding::build(const Shape& in, Rng& rng) {
  if (in.rank() > 2) {
    throw Error(ErrorCode::shape, concat("takes samples of indices, [time], but gets ", in, "."));
  }
  const Shape table{options_.count, options_.features};
  weight_->build(table, *options_.weight_initializer, Fans::of(table), rng);
  return in.rank() == 0   ? Shape{options_.features}
         : in.rank() == 1 ? Shape{in[0], options_.features}
                          : Shape{in[0], in[1], options_.features};
}

void Embedding::forward(const Tensor& x, Tensor& y, const Pass&) {
  const Index features = options_.features;
  for (Index i = 0; i < x.size(); ++i) {
    // y = W[x]
    std::copy_n(weight_->value.data() + index_at(x, i) * features, features, y.data() + i * features);
  }
}

void Embedding::backward(const Tensor& x, const Tensor&, const Tensor& dy, Tensor* dx) {
  const auto d = dy.last_dimension();
  // The places of each index, one index after the other.
  places_.clear();
  for (Index i = 0; i < x.size(); ++i) places_.emplace_back(index_at(x, i), i);
  std::ranges::sort(places_);
  for (auto first = places_.begin(); first != places_.end();) {
    const Index index = first->first;
    const auto next = std::find_if(first, places_.end(), [=](const auto& place) { return place.first != index; });
    // dW[x] = Σ dy over the places where x is
    sum_channels(
        Channels::columns(next - first, d.cols()), [&](Index, Index c, Index n) { return d(first[n].second, c); },
        [&](Index c, Scalar sum) { weight_->grad.matrix()(index, c) += sum; });
    first = next;
  }
  if (dx != nullptr) dx->fill(0);
}

Index Embedding::index_at(const Tensor& x, Index position) const {
  const Scalar value = x[position];
  if (!(value >= 0 && value < static_cast<Scalar>(options_.count)) || value != std::floor(value)) {
    throw Error(ErrorCode::label, concat("has no vector for ", value, " in sample ", position / x.cols(),
                                         ": indices are whole numbers from 0 to ", options_.count - 1));
  }
  return static_cast<Index>(value);
}

Descriptor<Layer> Embedding::descriptor() {
  return describe_as<Layer, Embedding>(
      "Embedding", "A table that has a learnt vector for every index.",
      {required("count", &Options::count, "How many indices there are.", {.min = 1, .max = 1 << 24}),
       required("features", &Options::features, "Length of a vector.", {.min = 1, .max = 1 << 24}),
       option("weight_initializer", &Options::weight_initializer, "First values of the table [count, features].")},
      {{.options = R"({"count": 7, "features": 3})", .input = {5}, .indices = 7},
       {.options = R"({"count": 4, "features": 2})", .input = Shape(), .indices = 4}});
}

}  // namespace toydl
