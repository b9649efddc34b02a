#include "random_tensor.h"
#include "throws.h"

#include <toydl/gemm.h>
#include <toydl/kernel.h>
#include <toydl/parallel.h>

#include <cmath>
#include <vector>

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

namespace {

/// Most of its numbers are zero.
Tensor sparse_tensor(const Shape& shape, int seed) {
  Tensor tensor = random_tensor(shape, seed);
  const Tensor draw = random_tensor(shape, seed + 1);
  for (Index i = 0; i < tensor.size(); ++i) {
    if (draw[i] < Scalar(0.8)) tensor[i] = i % 3 == 0 ? Scalar(-0.0) : Scalar(0);
  }
  return tensor;
}

/// Puts back what a test changes.
struct Restore {
  ~Restore() {
    set_threads(1);
    use_arithmetic(Arithmetic::strict);
  }
};

}  // namespace

TEST_CASE("products of mostly zeros, of which those are left out, have the same bits", "[gemm]") {
  const Restore restore;
  const auto [m, n, k] =
      GENERATE(table<Index, Index, Index>({{64, 50, 784}, {50, 784, 64}, {61, 33, 131}, {17, 301, 97}}));
  const bool transpose_a = GENERATE(false, true), transpose_b = GENERATE(false, true),
             zeros_in_a = GENERATE(false, true);
  set_threads(GENERATE(1, 3));
  const auto make = [&](bool zeros, const Shape& shape, int seed) {
    return zeros ? sparse_tensor(shape, seed) : random_tensor(shape, seed);
  };
  const Tensor a = make(zeros_in_a, transpose_a ? Shape{k, m} : Shape{m, k}, 1);
  const Tensor b = make(!zeros_in_a, transpose_b ? Shape{n, k} : Shape{k, n}, 4);
  const MatrixView left = transpose_a ? MatrixView(a).transposed() : MatrixView(a);
  const MatrixView right = transpose_b ? MatrixView(b).transposed() : MatrixView(b);
  Tensor c = random_tensor({m, n}, 7);
  const Tensor sum = product(left, right, c);
  multiply_add(left, right, c);
  CHECK(same_bits(c, sum));
}

TEST_CASE("any number of threads gives the same bits", "[gemm][parallel]") {
  const Restore restore;
  const Tensor a = random_tensor({150, 300}, 1), b = random_tensor({300, 70}, 2);
  const Tensor expected = product(a, b, Tensor({150, 70}));
  set_threads(GENERATE(1, 2, 3, 8));
  Tensor c({150, 70});
  multiply(a, b, c);
  CHECK(same_bits(c, expected));
}

TEST_CASE("fused products are rounded once, for all sizes", "[gemm]") {
  const Restore restore;
  try {
    use_arithmetic(Arithmetic::fma);
  } catch (const Error& error) {
    SKIP(error.what());
  }
  const Index m = GENERATE(1, 7, 64), n = GENERATE(1, 10, 17, 50), k = GENERATE(1, 300, 784);
  const bool zeros = GENERATE(false, true);
  const Tensor a = zeros ? sparse_tensor({m, k}, 1) : random_tensor({m, k}, 1), b = random_tensor({k, n}, 5);
  Tensor expected({m, n}), c({m, n});
  for (Index i = 0; i < m; ++i) {
    for (Index j = 0; j < n; ++j) {
      for (Index l = 0; l < k; ++l) expected[i * n + j] = std::fma(a[i * k + l], b[l * n + j], expected[i * n + j]);
    }
  }
  multiply(a, b, c);
  CHECK(same_bits(c, expected));
}

TEST_CASE("a matrix whose rows and columns lie anywhere is multiplied like any other", "[gemm]") {
  const Tensor numbers = random_tensor({40}, 1), b = random_tensor({6, 20}, 2);
  const std::vector<Index> rows{0, 3, 1, 17, 4}, cols{0, 1, 2, 11, 12, 20};
  Tensor a({5, 6}), c({5, 20});
  for (Index i = 0; i < 5; ++i) {
    for (Index j = 0; j < 6; ++j) a[i * 6 + j] = numbers[rows[static_cast<size_t>(i)] + cols[static_cast<size_t>(j)]];
  }
  PackedMatrix packed;
  packed.pack(b);
  multiply(ScatteredView{numbers.data(), rows, cols}, packed, c);
  CHECK(same_bits(c, product(a, b, Tensor({5, 20}))));
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
