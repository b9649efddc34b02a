#include <toydl/clock.h>
#include <toydl/evaluation.h>

#include <algorithm>
#include <numeric>

namespace toydl {

Evaluation::Evaluation(Model& model, const Dataset& dataset, Metric& metric)
    : model_(model), dataset_(dataset), metric_(metric), end_(dataset.available()) {
  model_.prepare(dataset_.sample_shape());
  metric_.reset();
}

bool Evaluation::advance(double budget_ms) {
  constexpr Index batch_size = 256;
  const Stopwatch watch;
  while (next_ < end_) {
    samples_.resize(static_cast<size_t>(std::min(batch_size, end_ - next_)));
    std::iota(samples_.begin(), samples_.end(), static_cast<uint32_t>(next_));
    const Model::Busy busy(model_);
    dataset_.gather(samples_, batch_);
    metric_.update(model_.run_forward(batch_.x, Mode::evaluation), batch_.y);
    next_ += static_cast<Index>(samples_.size());
    if (watch.ms() >= budget_ms) break;
  }
  return next_ >= end_;
}

}  // namespace toydl
