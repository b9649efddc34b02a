#pragma once

#include <toydl/scalar.h>
#include <toydl/shape.h>

#include <Eigen/Core>
#include <span>
#include <vector>

namespace toydl {

using RowMatrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The one buffer type: numbers in row-major order, with a shape whose first dimension is the batch.
/// No strides and no broadcasting. The memory grows when it must and never shrinks, so a buffer that is
/// used again for every batch allocates only once.
class Tensor {
 public:
  Tensor() = default;

  /// All zeros.
  explicit Tensor(const Shape& shape) { resize(shape); }

  /// @throws Error(shape) if the shape wants another number of values.
  Tensor(const Shape& shape, std::span<const Scalar> values);
  Tensor(const Shape& shape, std::initializer_list<Scalar> values)
      : Tensor(shape, std::span(values.begin(), values.size())) {}

  const Shape& shape() const { return shape_; }
  Index size() const { return size_; }

  /// Gives the tensor another shape. What it holds afterwards is unspecified, until it is written.
  void resize(const Shape& shape);

  void fill(Scalar value);

  Scalar* data() { return values_.data(); }
  const Scalar* data() const { return values_.data(); }
  std::span<Scalar> values() { return {values_.data(), static_cast<size_t>(size_)}; }
  std::span<const Scalar> values() const { return {values_.data(), static_cast<size_t>(size_)}; }
  Scalar& operator[](Index i) { return values_[static_cast<size_t>(i)]; }
  Scalar operator[](Index i) const { return values_[static_cast<size_t>(i)]; }

  /// First dimension, and all others taken together: [batch, features].
  Index rows() const { return shape_.rank() == 0 ? 1 : shape_[0]; }
  Index cols() const { return cols_; }

  /// The values as an Eigen matrix [rows, cols], for mathematics on them in place.
  Eigen::Map<RowMatrix> matrix() { return {data(), narrow(rows()), narrow(cols())}; }
  Eigen::Map<const RowMatrix> matrix() const { return {data(), narrow(rows()), narrow(cols())}; }

  /// The values as an Eigen matrix whose rows run along the last dimension: [everything else, last].
  Eigen::Map<RowMatrix> last_dimension() { return {data(), narrow(outer()), narrow(shape_.back())}; }
  Eigen::Map<const RowMatrix> last_dimension() const { return {data(), narrow(outer()), narrow(shape_.back())}; }

  /// The values as one long Eigen array, for element-wise formulas.
  Eigen::Map<Eigen::Array<Scalar, Eigen::Dynamic, 1>> array() { return {data(), narrow(size_)}; }
  Eigen::Map<const Eigen::Array<Scalar, Eigen::Dynamic, 1>> array() const { return {data(), narrow(size_)}; }

 private:
  /// Eigen's sizes have as many bits as an address, which is enough for what lies in memory.
  static Eigen::Index narrow(Index size) { return static_cast<Eigen::Index>(size); }
  Index outer() const { return shape_.back() == 0 ? 0 : size_ / shape_.back(); }

  Shape shape_{0};
  Index size_ = 0;
  Index cols_ = 1;
  std::vector<Scalar> values_;
};

/// @throws Error(not_finite) that names the first NaN or infinity in `x`; `what` is its name in the message.
void require_finite(const Tensor& x, std::string_view what);

}  // namespace toydl
