#pragma once

#include <toydl/loss.h>

namespace toydl {

/// The mean absolute error, for predictions that are numbers: a few targets that are far off count less than with MSE.
///
///     loss = mean of |p - t|
///     dp   = sign(p - t) / n        n numbers in all: the mean is over batch and features; 0 where p = t
///
/// prediction p [batch, …]; target t of the same shape, or [batch] for a prediction of [batch, 1].
class MAE : public Loss {
 public:
  std::string_view type() const override { return "MAE"; }
  Scalar forward(const Tensor& prediction, const Tensor& target) override;
  const Tensor& backward() override;

  static Descriptor<Loss> descriptor();

 private:
  Tensor d_prediction_;
};

}  // namespace toydl
