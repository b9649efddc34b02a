#include <toydl/error.h>
#include <toydl/shape.h>

#include <cstddef>
#include <limits>

namespace toydl {

Shape::Shape(std::initializer_list<Index> sizes) : Shape(std::span(sizes.begin(), sizes.size())) {}

Shape::Shape(std::span<const Index> sizes) {
  if (sizes.size() > max_rank) {
    throw Error(ErrorCode::shape, concat("a shape has at most ", max_rank, " dimensions, these are ", sizes.size()));
  }
  constexpr Index most = std::numeric_limits<std::ptrdiff_t>::max() / static_cast<Index>(sizeof(double));
  Index elements = 1;
  for (const Index size : sizes) {
    if (size < 0) throw Error(ErrorCode::shape, concat("a dimension cannot be negative, this one is ", size));
    if (size > 0 && elements > most / size) {
      throw Error(ErrorCode::shape, "a tensor of this shape would not fit into memory");
    }
    elements *= size;
    sizes_[rank_++] = size;
  }
}

Index Shape::size() const {
  Index elements = 1;
  for (int i = 0; i < rank_; ++i) elements *= sizes_[i];
  return elements;
}

Shape Shape::sample() const {
  return rank_ == 0 ? Shape() : Shape(std::span(sizes_.data() + 1, static_cast<size_t>(rank_ - 1)));
}

Shape Shape::without_last() const {
  return rank_ == 0 ? Shape() : Shape(std::span(sizes_.data(), static_cast<size_t>(rank_ - 1)));
}

Shape Shape::with_last(Index size) const {
  std::array<Index, max_rank> sizes = sizes_;
  if (rank_ > 0) sizes[static_cast<size_t>(rank_ - 1)] = size;
  return Shape(std::span(sizes.data(), static_cast<size_t>(rank_)));
}

Shape Shape::batch(Index count) const {
  if (rank_ == max_rank) {
    throw Error(ErrorCode::shape,
                concat("a sample has at most ", max_rank - 1, " dimensions, this one is ", std::string(*this)));
  }
  std::array<Index, max_rank> sizes{count};
  for (int i = 0; i < rank_; ++i) sizes[i + 1] = sizes_[i];
  return Shape(std::span(sizes.data(), static_cast<size_t>(rank_ + 1)));
}

Shape::operator std::string() const {
  std::string text = "[";
  for (int i = 0; i < rank_; ++i) text += (i > 0 ? ", " : "") + std::to_string(sizes_[i]);
  return text + "]";
}

void require_sequence(const Shape& sample) {
  if (sample.rank() == 2 && sample.size() > 0) return;
  throw Error(ErrorCode::shape, concat("takes sequences, [time, features], but gets samples of shape ", sample, "."));
}

void require_image(const Shape& sample) {
  if (sample.rank() == 3 && sample.size() > 0) return;
  throw Error(ErrorCode::shape,
              concat("takes images, [channels, height, width], but gets samples of shape ", sample, "."));
}

}  // namespace toydl
