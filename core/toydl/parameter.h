#pragma once

#include <toydl/initializer.h>
#include <toydl/tensor.h>

#include <memory>
#include <string>
#include <vector>

namespace toydl {

/// Something a layer learns: its value, and the gradient of the loss with respect to it, of the same shape.
struct Parameter {
  explicit Parameter(std::string name) : name(std::move(name)) {}

  std::string name;
  Tensor value;
  Tensor grad;

  /// Set by Optimizer::step. The gradient stays readable; the next backward pass of the model starts it again from zero.
  bool grad_used = false;

  /// Gives value and gradient their shape; the gradient is zero.
  void resize(const Shape& shape);

  /// Gives the parameter its shape and its first values.
  void build(const Shape& shape, const Initializer& initializer, Fans fans, Rng& rng);
};

/// Shared, because a layer and an optimizer hold the same parameter, and either may outlive the other.
using Parameters = std::vector<std::shared_ptr<Parameter>>;

/// A hash of all values: equal weights, equal hash. 64-bit FNV-1a over the bit patterns of the numbers, in order.
uint64_t hash_of(const Parameters& parameters);

/// A hash as it is shown everywhere: 16 hexadecimal digits.
std::string hash_text(uint64_t hash);

}  // namespace toydl
