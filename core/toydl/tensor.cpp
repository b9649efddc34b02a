#include <toydl/error.h>
#include <toydl/parallel.h>
#include <toydl/tensor.h>

#include <algorithm>
#include <cmath>

namespace toydl {

Tensor::Tensor(const Shape& shape, std::span<const Scalar> values) {
  if (shape.size() != static_cast<Index>(values.size())) {
    throw Error(ErrorCode::shape, concat("a tensor of shape ", std::string(shape), " has ", shape.size(), " values, ",
                                         values.size(), " were given"));
  }
  resize(shape);
  std::copy(values.begin(), values.end(), data());
}

void Tensor::resize(const Shape& shape) {
  const Index size = shape.size();
  if (static_cast<size_t>(size) > values_.size()) values_.resize(static_cast<size_t>(size));
  shape_ = shape;
  size_ = size;
  cols_ = shape.sample().size();
}

void Tensor::fill(Scalar value) {
  parallel_for(size_, 1 << 16, [&](Index begin, Index end) { std::fill(data() + begin, data() + end, value); });
}

void require_finite(const Tensor& x, std::string_view what) {
  if (x.array().isFinite().all()) return;
  const auto values = x.values();
  const auto found = std::find_if(values.begin(), values.end(), [](Scalar v) { return !std::isfinite(v); });
  const Index position = found - values.begin();
  throw Error(ErrorCode::not_finite,
              concat(what, " holds ", *found, " in sample ", position / x.cols(), ", value ", position % x.cols(),
                     " (both counted from 0); every value must be a finite number"));
}

}  // namespace toydl
