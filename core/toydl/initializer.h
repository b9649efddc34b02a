#pragma once

#include <toydl/ref.h>
#include <toydl/rng.h>
#include <toydl/tensor.h>

#include <string_view>

namespace toydl {

template <class Base>
struct Descriptor;

/// How many inputs one output of a layer sums over, and how many outputs one input feeds.
struct Fans {
  Index in;
  Index out;

  /// Those of a weight [out, in, …], where further dimensions are a window: a Conv2D's [out, in, height, width] sums over
  /// in · height · width inputs. A tensor of one dimension has its length for both.
  static Fans of(const Shape& weight);
};

/// How a parameter gets its first values.
class Initializer {
 public:
  virtual ~Initializer() = default;

  /// The name in the registry: "HeNormal".
  virtual std::string_view type() const = 0;

  /// Writes every value of `tensor`. What it draws from `rng` must not depend on anything but the arguments.
  virtual void fill(Tensor& tensor, Fans fans, Rng& rng) const = 0;
};

}  // namespace toydl
