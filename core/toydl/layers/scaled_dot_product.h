#pragma once

#include <toydl/gemm.h>

namespace toydl {

/// Attention itself, for one sequence and one head: every time step asks the others with its query, and takes their values in
/// the proportion in which their keys answer. What Attention and MultiHeadAttention are made of.
///
///     S = q kᵀ / √d,  P = softmax of each row of S,  y = P v        q, k, v [time, d], P [time, time]
///
///     dv = Pᵀ dy,  dP = dy vᵀ,  dS = P (dP - Σ over the row of dP P)
///     dq = dS k / √d,  dk = dSᵀ q / √d
///
/// `causal`: no time step sees a later one; P is 0 above its diagonal. A. Vaswani et al., "Attention Is All You Need", 2017.
struct ScaledDotProduct {
  MatrixView q, k, v;
  bool causal;

  /// Writes y, and the weights P [time, time].
  void forward(const MatrixTarget& weights, const MatrixTarget& y) const;

  /// Overwrites dq, dk and dv. `scores` [time, time] is for its own use.
  void backward(const MatrixView& weights, const MatrixView& dy, const MatrixTarget& scores, const MatrixTarget& dq,
                const MatrixTarget& dk, const MatrixTarget& dv) const;

 private:
  /// How many time steps one sees: those before and its own, or all.
  Index seen_by(Index t) const { return causal ? t + 1 : k.rows; }
  Scalar scale() const;
};

}  // namespace toydl
