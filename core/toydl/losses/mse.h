#pragma once

#include <toydl/loss.h>

namespace toydl {

/// The mean squared error, for predictions that are numbers.
///
///     loss = mean of (p - t)²
///     dp   = 2 (p - t) / n        n numbers in all: the mean is over batch and features
///
/// prediction p [batch, …]; target t of the same shape, or [batch] for a prediction of [batch, 1].
class MSE : public Loss {
 public:
  std::string_view type() const override { return "MSE"; }
  Scalar forward(const Tensor& prediction, const Tensor& target) override;
  const Tensor& backward() override;

  static Descriptor<Loss> descriptor();

 private:
  Tensor d_prediction_;
};

}  // namespace toydl
