#pragma once

#include <toydl/arithmetic_version.h>
#include <toydl/error.h>
#include <toydl/model.h>

#include <limits>
#include <memory>
#include <vector>

namespace toydl {

struct TrainerOptions {
  Index epochs = 1;
  Index batch_size = 32;
  std::shared_ptr<Metric> metric = nullptr;  ///< measured on the training batches as they go by
  /// A loss beyond this is on its way to infinity, and training stops as if it were there.
  double largest_loss = std::numeric_limits<double>::infinity();
};

/// What happened in one or more steps.
struct TrainerReport {
  Index step = 0;         ///< optimizer steps since the trainer was made
  Index steps = 0;        ///< of these, how many the report is about
  Index samples = 0;      ///< how many samples those took
  double loss_sum = 0;    ///< Σ loss · samples
  double metric_sum = 0;  ///< Σ metric · samples

  /// Means over the samples.
  double loss() const { return samples == 0 ? 0 : loss_sum / static_cast<double>(samples); }
  double metric() const { return samples == 0 ? 0 : metric_sum / static_cast<double>(samples); }

  void add(const TrainerReport& later);
  void visit_state(StateVisitor& state);
};

/// The training loop, one step or one slice of time at a time. Which samples come when follows from the model's
/// seed alone, so a run gives the same bits however it is sliced.
class Trainer {
 public:
  /// All must outlive the trainer.
  /// @throws Error(option) for epochs or a batch size below 1, for a batch size that leaves a last batch too small for a layer, or
  /// another model's optimizer; Error(shape) if the samples do not fit the model.
  Trainer(Model& model, const Dataset& train, Loss& loss, Optimizer& optimizer, TrainerOptions options = {});
  /// A data set that nobody keeps would be gone at the first step.
  Trainer(Model& model, Dataset&& train, Loss& loss, Optimizer& optimizer, TrainerOptions options = {}) = delete;

  /// One batch: forward, loss, backward, optimizer. Returns false, and does nothing, when all epochs are done or while the
  /// batch has not arrived (`waiting`).
  /// @throws Error(diverged) if the loss is no number any more, or too large; the weights are then as they were before this batch. Also if,
  /// at the end of an epoch, the weights are none, after that batch.
  bool step();

  /// Steps for about `budget_ms` milliseconds, at least one, and not beyond the end of an epoch. Returns false if there
  /// was nothing to do.
  bool advance(double budget_ms);

  /// What happened since the last call of this.
  TrainerReport take_report();

  /// What happened since the epoch of the last step began.
  const TrainerReport& epoch_report() const { return epoch_report_; }

  Index steps_done() const { return step_; }
  Index steps_per_epoch() const;
  bool done() const { return step_ / steps_per_epoch() >= options_.epochs; }
  /// Whether the next batch has not arrived yet.
  bool waiting() const { return !done() && !ready(); }

  /// The version of the arithmetic with which the run began: another one if it was restored from an older checkpoint. The same settings
  /// then lead to other weights.
  int arithmetic() const { return arithmetic_; }
  void set_arithmetic(int version) { arithmetic_ = version; }

  /// What a saved run consists of: model, optimizer, and how far the trainer is.
  /// @throws Error(state) in the middle of a step
  void visit_state(StateVisitor& state);

  /// Whether there is a batch: not before a first step, also after restoring.
  bool has_batch() const { return prediction_ != nullptr; }
  /// The batch of the last step, and the model's output for it before the update.
  const Batch& batch() const { return batch_; }
  const Tensor& prediction() const { return *prediction_; }

 private:
  /// How many samples the last batch of an epoch has, with batches of this size.
  Index last_batch(Index batch_size) const { return (train_.size() - 1) % batch_size + 1; }
  /// @throws Error(option) that names batch sizes that work
  void require_enough_in_last_batch() const;
  /// The samples of the next step, in order.
  std::span<const uint32_t> next_samples();
  /// The loss of the prediction, and then its gradient from there back to all parameters.
  double forward_loss();
  void backward_loss();
  /// Draws the order of the next epoch's samples.
  void draw_order();
  bool ready() const;
  Error diverged(const std::string& what) const;

  Model& model_;
  const Dataset& train_;
  Loss& loss_;
  Optimizer& optimizer_;
  TrainerOptions options_;
  std::shared_ptr<FusedLoss> fused_;  // of the loss and the last layer; null if there is none
  Rng shuffling_;
  std::vector<uint32_t> order_;
  Index order_epoch_ = -1;  // the epoch for which the order was drawn
  Batch batch_;
  const Tensor* prediction_ = nullptr;
  Index step_ = 0;
  int arithmetic_ = arithmetic_version;
  TrainerReport report_;
  TrainerReport epoch_report_;
};

}  // namespace toydl
