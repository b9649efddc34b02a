#pragma once

#include <toydl/scalar.h>

#include <array>
#include <initializer_list>
#include <span>
#include <string>

namespace toydl {

/// The sizes of a tensor's dimensions, at most four, outermost first: [batch, channels, height, width].
class Shape {
 public:
  static constexpr int max_rank = 4;

  /// No dimensions: a single number.
  Shape() = default;

  /// @throws Error(shape) for more than four dimensions, a negative one, or more elements than memory has addresses.
  Shape(std::initializer_list<Index> sizes);
  explicit Shape(std::span<const Index> sizes);

  int rank() const { return rank_; }
  Index operator[](int dimension) const { return sizes_[dimension]; }
  Index back() const { return rank_ == 0 ? 1 : sizes_[rank_ - 1]; }

  /// Number of elements: the product of all dimensions.
  Index size() const;

  /// This shape without its first dimension: one sample of a batch.
  Shape sample() const;

  /// This shape without its last dimension.
  Shape without_last() const;

  /// This shape with another last dimension.
  Shape with_last(Index size) const;

  /// This shape with `count` in front: a batch of such samples.
  Shape batch(Index count) const;

  bool operator==(const Shape&) const = default;

  /// As in a message: "[64, 784]".
  explicit operator std::string() const;

 private:
  std::array<Index, max_rank> sizes_{};
  int rank_ = 0;
};

/// For a layer's `build`. @throws Error(shape) if a sample is no sequence [time, features], or no image [channels, height, width],
/// with numbers in it
void require_sequence(const Shape& sample);
void require_image(const Shape& sample);

}  // namespace toydl
