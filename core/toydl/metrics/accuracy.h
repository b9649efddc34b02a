#pragma once

#include <toydl/metric.h>

namespace toydl {

/// The share of samples whose largest prediction is at their class. Takes probabilities and logits alike.
///
/// prediction [batch, classes]; target [batch] class indices, or [batch, classes] one-hot.
class Accuracy : public Metric {
 public:
  std::string_view type() const override { return "Accuracy"; }
  void reset() override;
  void update(const Tensor& prediction, const Tensor& target) override;
  double value() const override;

  static Descriptor<Metric> descriptor();

 private:
  Index correct_ = 0;
  Index seen_ = 0;
};

}  // namespace toydl
