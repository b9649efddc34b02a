#include <toydl/layers/scaled_dot_product.h>
#include <toydl/math.h>
#include <toydl/sum.h>

#include <algorithm>
#include <cmath>

namespace toydl {

Scalar ScaledDotProduct::scale() const { return static_cast<Scalar>(1 / std::sqrt(static_cast<double>(q.cols))); }

void ScaledDotProduct::forward(const MatrixTarget& weights, const MatrixTarget& y) const {
  // S = q kᵀ / √d
  multiply(q, k.transposed(), weights);
  const Scalar scale = this->scale();
  for (Index t = 0; t < weights.rows; ++t) {
    Scalar* const p = weights.data + t * weights.row_stride;
    const Index seen = seen_by(t);
    for (Index j = 0; j < seen; ++j) p[j] *= scale;
    const Scalar largest = *std::max_element(p, p + seen);
    for (Index j = 0; j < seen; ++j) p[j] = exp(p[j] - largest);
    const Scalar total = sum(seen, [=](Index j) { return p[j]; });
    // P = softmax of each row of S
    for (Index j = 0; j < seen; ++j) p[j] /= total;
    std::fill(p + seen, p + weights.cols, Scalar(0));
  }
  // y = P v
  multiply(weights.view(), v, y);
}

void ScaledDotProduct::backward(const MatrixView& weights, const MatrixView& dy, const MatrixTarget& scores,
                                const MatrixTarget& dq, const MatrixTarget& dk, const MatrixTarget& dv) const {
  // dv = Pᵀ dy
  multiply(weights.transposed(), dy, dv);
  // dP = dy vᵀ
  multiply(dy, v.transposed(), scores);
  const Scalar scale = this->scale();
  for (Index t = 0; t < scores.rows; ++t) {
    Scalar* const d = scores.data + t * scores.row_stride;
    const Scalar total = sum(scores.cols, [&](Index j) { return d[j] * weights(t, j); });
    // dS = P (dP - Σ over the row of dP P), here with the 1 / √d of dq and dk
    for (Index j = 0; j < scores.cols; ++j) d[j] = weights(t, j) * (d[j] - total) * scale;
  }
  // dq = dS k / √d, dk = dSᵀ q / √d
  multiply(scores.view(), k, dq);
  multiply(scores.view().transposed(), q, dk);
}

}  // namespace toydl
