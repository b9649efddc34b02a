#include "throws.h"

#include <toydl/tensor.h>

#include <limits>

using namespace toydl;

TEST_CASE("a shape counts its elements and shows itself", "[shape]") {
  const Shape shape{64, 3, 28, 28};
  CHECK(shape.rank() == 4);
  CHECK(shape.size() == 64 * 3 * 28 * 28);
  CHECK(std::string(shape) == "[64, 3, 28, 28]");
  CHECK(shape.sample() == Shape{3, 28, 28});
  CHECK(shape.sample().batch(7) == Shape{7, 3, 28, 28});
  CHECK(Shape().size() == 1);
}

TEST_CASE("a shape that makes no sense is refused", "[shape]") {
  CHECK_FAILS(Shape({1, 2, 3, 4, 5}), shape, "at most 4");
  CHECK_FAILS(Shape({2, -1}), shape, "negative");
  const Index huge = std::numeric_limits<Index>::max() / 2;
  CHECK_FAILS(Shape({huge, huge}), shape, "memory");
  CHECK_FAILS(Shape({1, 2, 3, 4}).batch(5), shape, "at most 3");
}

TEST_CASE("a tensor keeps its memory when it shrinks and grows again", "[tensor]") {
  Tensor tensor({8, 4});
  const Scalar* memory = tensor.data();
  tensor.resize({2, 4});
  CHECK(tensor.size() == 8);
  tensor.resize({4, 8});
  CHECK(tensor.data() == memory);
}

TEST_CASE("a tensor wants as many values as its shape says", "[tensor]") {
  CHECK_FAILS(Tensor({2, 2}, {1, 2, 3}), shape, "has 4 values, 3 were given");
}

TEST_CASE("NaN and infinity are found, with their place", "[tensor]") {
  Tensor x({2, 3}, {0, 1, 2, 3, 4, 5});
  CHECK_NOTHROW(require_finite(x, "x"));
  x[4] = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK_FAILS(require_finite(x, "x"), not_finite, "nan in sample 1, value 1");
  x[4] = -std::numeric_limits<Scalar>::infinity();
  CHECK_FAILS(require_finite(x, "x"), not_finite, "-inf in sample 1");
}
