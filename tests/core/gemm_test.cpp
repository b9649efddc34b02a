#include "random_tensor.h"
#include "throws.h"

#include <toydl/gemm.h>

using namespace toydl;

namespace {

/// The definition: every element summed over k in ascending order.
Tensor product(const MatrixView& a, const MatrixView& b, const Tensor& start) {
  Tensor c(start.shape(), start.values());
  for (Index i = 0; i < a.rows; ++i) {
    for (Index j = 0; j < b.cols; ++j) {
      for (Index k = 0; k < a.cols; ++k) {
        const Scalar term = a(i, k) * b(k, j);
        c[i * b.cols + j] += term;
      }
    }
  }
  return c;
}

}  // namespace

TEST_CASE("products are summed in ascending order, to the bit, for all sizes and transpositions", "[gemm]") {
  const Index m = GENERATE(1, 2, 3, 10, 64);
  const Index n = GENERATE(1, 10, 15, 16, 17, 50);
  const Index k = GENERATE(0, 1, 7, 255, 256, 257, 784);
  const bool transpose_a = GENERATE(false, true), transpose_b = GENERATE(false, true);
  const Tensor a = random_tensor(transpose_a ? Shape{k, m} : Shape{m, k}, 1);
  const Tensor b = random_tensor(transpose_b ? Shape{n, k} : Shape{k, n}, 2);
  const MatrixView left =
      transpose_a ? MatrixView(a.data(), k, m, m, 1).transposed() : MatrixView(a.data(), m, k, k, 1);
  const MatrixView right =
      transpose_b ? MatrixView(b.data(), n, k, k, 1).transposed() : MatrixView(b.data(), k, n, n, 1);

  Tensor c = random_tensor({m, n}, 3);
  const Tensor sum = product(left, right, c);
  const Tensor fresh = product(left, right, Tensor({m, n}));
  multiply_add(left, right, c);
  CHECK(same_bits(c, sum));
  multiply(left, right, c);
  CHECK(same_bits(c, fresh));
}

TEST_CASE("products agree with Eigen's", "[gemm]") {
  const Tensor a = random_tensor({37, 300}, 1), b = random_tensor({300, 41}, 2);
  Tensor c({37, 41});
  multiply(a, b, c);
  const auto expected = (a.matrix().cast<double>() * b.matrix().cast<double>()).eval();
  CHECK((c.matrix().cast<double>() - expected).cwiseAbs().maxCoeff() < 1e-4);
}

TEST_CASE("sizes that do not fit are refused", "[gemm]") {
  Tensor c({2, 2});
  CHECK_FAILS(multiply(Tensor({2, 3}), Tensor({4, 2}), c), shape, "cannot multiply [2, 3] by [4, 2] into [2, 2]");
}
