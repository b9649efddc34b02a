#include <toydl/descriptor.h>
#include <toydl/layers/softmax.h>
#include <toydl/losses/softmax_cross_entropy.h>
#include <toydl/math.h>
#include <toydl/sum.h>

#include <algorithm>

namespace toydl {

SoftmaxCrossEntropy::SoftmaxCrossEntropy(Options options) : options_(options) { check_options(*this); }

Scalar SoftmaxCrossEntropy::forward(const Tensor& x, const Tensor& target) {
  p_.resize(x.shape());
  softmax(x, p_);
  return forward(x, p_, target);
}

Scalar SoftmaxCrossEntropy::forward(const Tensor& x, const Tensor& p, const Tensor& target) {
  const SmoothLabels labels(x, target, options_);
  const Index classes = x.shape().back();
  dx_.resize(x.shape());
  t_.resize({classes});
  Scalar* const t = t_.data();
  const Scalar n = labels.counted();
  const Scalar total = sum(labels.rows(), [&](Index row) {
    const Scalar* const logits = x.data() + row * classes;
    const Scalar* const shares = p.data() + row * classes;
    Scalar* const dx = dx_.data() + row * classes;
    if (!labels.counts(row)) {
      std::fill_n(dx, classes, Scalar(0));
      return Scalar(0);
    }
    labels.write(row, t);
    const Scalar whole = sum(t_.array());
    for (Index c = 0; c < classes; ++c) {
      // What Softmax raised to its least is 0 here, for a gradient of subnormal numbers slows a processor down. NaN stays NaN.
      const Scalar share = shares[c] <= smallest_probability ? 0 : shares[c];
      // dx = (p Σ t - t) / n
      dx[c] = (share * whole - t[c]) / n;
    }
    // The largest p is 1 / Σⱼ exp(xⱼ - max x).
    const Scalar largest = x.last_dimension().row(row).maxCoeff(),
                 log_sum = -log(p.last_dimension().row(row).maxCoeff());
    return sum(classes, [=](Index c) { return t[c] == 0 ? 0 : t[c] * (log_sum - (logits[c] - largest)); });
  });
  // loss = mean over the batch of Σ t_c (log Σⱼ exp(xⱼ - max x) - (x_c - max x))
  return total / n;
}

const Tensor& SoftmaxCrossEntropy::backward() {
  require_forward(dx_.size() > 0);
  return dx_;
}

Descriptor<Loss> SoftmaxCrossEntropy::descriptor() {
  return describe_as<Loss, SoftmaxCrossEntropy>("SoftmaxCrossEntropy",
                                                "Softmax and cross-entropy in one, on logits instead of probabilities.",
                                                cross_entropy_options());
}

}  // namespace toydl
