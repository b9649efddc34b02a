#include <toydl/descriptor.h>
#include <toydl/initializers/orthogonal.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace toydl {

Orthogonal::Orthogonal(Options options) : options_(options) { check_options(*this); }

namespace {

/// Makes v a unit vector at right angles to all in `others`; false if hardly anything of it is left.
bool make_orthonormal(std::vector<double>& v, const std::vector<std::vector<double>>& others) {
  const auto dot = [](const auto& a, const auto& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); };
  // Twice, because the first time leaves rounding errors.
  for (int time = 0; time < 2; ++time) {
    for (const auto& other : others) {
      const double along = dot(v, other);
      for (size_t i = 0; i < v.size(); ++i) v[i] -= along * other[i];
    }
    const double length = std::sqrt(dot(v, v));
    if (length < 1e-6) return false;
    for (double& value : v) value /= length;
  }
  return true;
}

}  // namespace

void Orthogonal::fill(Tensor& tensor, Fans, Rng& rng) const {
  const Index rows = tensor.rows(), cols = tensor.cols();
  const Index count = std::min(rows, cols), length = std::max(rows, cols);
  std::vector<std::vector<double>> vectors;
  std::vector<double> v(static_cast<size_t>(length));
  while (static_cast<Index>(vectors.size()) < count) {
    for (double& value : v) value = rng.normal();
    if (make_orthonormal(v, vectors)) vectors.push_back(v);
  }
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < cols; ++j) {
      const double value =
          vectors[static_cast<size_t>(rows <= cols ? i : j)][static_cast<size_t>(rows <= cols ? j : i)];
      tensor[i * cols + j] = static_cast<Scalar>(options_.gain * value);
    }
  }
}

Descriptor<Initializer> Orthogonal::descriptor() {
  return describe_as<Initializer, Orthogonal>(
      "Orthogonal", "A random matrix with orthonormal rows or columns, for recurrent layers.",
      {
          option("gain", &Options::gain, "Length of each row or column.", {.min = -1e6, .max = 1e6}),
      });
}

}  // namespace toydl
