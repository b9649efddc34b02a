#include <toydl/clock.h>
#include <toydl/error.h>
#include <toydl/state.h>
#include <toydl/trainer.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace toydl {

void TrainerReport::add(const TrainerReport& later) {
  step = later.step;
  steps += later.steps;
  samples += later.samples;
  loss_sum += later.loss_sum;
  metric_sum += later.metric_sum;
}

Trainer::Trainer(Model& model, const Dataset& train, Loss& loss, Optimizer& optimizer, TrainerOptions options)
    : model_(model),
      train_(train),
      loss_(loss),
      optimizer_(optimizer),
      options_(std::move(options)),
      fused_(model.layers().size() > 1 ? loss.fused_with(*model.layers().back()) : nullptr),
      shuffling_(model.options().seed, Rng::Stream::shuffling) {
  if (options_.epochs < 1) throw Error(ErrorCode::option, concat("epochs must be at least 1, it is ", options_.epochs));
  if (options_.batch_size < 1) {
    throw Error(ErrorCode::option, concat("batch_size must be at least 1, it is ", options_.batch_size));
  }
  const Parameters& trained = optimizer_.parameters();
  const auto is_trained = [&](const auto& parameter) { return std::ranges::find(trained, parameter) != trained.end(); };
  // No batch is larger than the data set; and no sum of sizes can then overflow.
  options_.batch_size = std::min(options_.batch_size, train_.size());
  model_.prepare(train_.sample_shape());
  if (!trained.empty() && std::ranges::none_of(model_.parameters_, is_trained)) {
    throw Error(ErrorCode::option, "the optimizer was made for the parameters of another model");
  }
  require_enough_in_last_batch();
}

void Trainer::require_enough_in_last_batch() const {
  const Index last = last_batch(options_.batch_size), size = train_.size();
  for (size_t i = 0; i < model_.layers().size(); ++i) {
    const Index least = model_.layers()[i]->least_batch();
    if (last >= least) continue;
    std::string others;
    const auto find = [&](Index candidate, Index step) {
      while (candidate >= least && candidate <= size && last_batch(candidate) < least) candidate += step;
      if (candidate < least || candidate > size) return;
      others += concat(others.empty() ? ". Use a batch_size of " : " or ", candidate);
    };
    find(options_.batch_size - 1, -1);
    find(options_.batch_size + 1, 1);
    throw Error(ErrorCode::option,
                concat("with ", size, " samples and a batch_size of ", options_.batch_size,
                       ", the last batch of an epoch has ", last, ", but ", model_.chain_.name(i), ", needs at least ",
                       least, " to train", others.empty() ? ". Use more samples" : others));
  }
}

Index Trainer::steps_per_epoch() const { return (train_.size() - 1) / options_.batch_size + 1; }

void Trainer::draw_order() {
  ++order_epoch_;
  order_.resize(static_cast<size_t>(train_.size()));
  std::iota(order_.begin(), order_.end(), 0u);
  const bool in_blocks = order_epoch_ == 0 && train_.block_size() > 0;
  const size_t block = in_blocks ? static_cast<size_t>(train_.block_size()) : order_.size();
  for (size_t first = 0; first < order_.size(); first += block) {
    shuffling_.shuffle(std::span(order_).subspan(first, std::min(block, order_.size() - first)));
  }
}

bool Trainer::ready() const {
  if (train_.available() == train_.size()) return true;
  if (train_.block_size() == 0 || step_ >= steps_per_epoch()) return false;
  // Blocks come in order in the first epoch: the next batch is there when the block in which it ends is.
  const Index end = std::min((step_ + 1) * options_.batch_size, train_.size());
  const Index blocks = (end - 1) / train_.block_size() + 1;
  return train_.available() >= std::min(blocks * train_.block_size(), train_.size());
}

std::span<const uint32_t> Trainer::next_samples() {
  const Index epoch = step_ / steps_per_epoch();
  if (order_epoch_ > epoch) {
    shuffling_ = Rng(model_.options().seed, Rng::Stream::shuffling);
    order_epoch_ = -1;
  }
  // Each order follows from the draws of all before it: after restoring, these have to be made again.
  while (order_epoch_ < epoch) draw_order();
  const Index first = step_ % steps_per_epoch() * options_.batch_size;
  const Index count = std::min(options_.batch_size, train_.size() - first);
  return std::span(order_).subspan(static_cast<size_t>(first), static_cast<size_t>(count));
}

Error Trainer::diverged(const std::string& what) const {
  // What leaves the range of numbers is at fault before what is only large.
  constexpr Scalar large = 100;
  std::string layer = model_.first_beyond(std::numeric_limits<Scalar>::max());
  if (layer.empty()) layer = model_.first_beyond(large);
  const std::string origin = layer.empty() ? "" : concat(" It began in ", layer, ".");
  return Error(ErrorCode::diverged,
               concat("training diverged: ", what, " at step ", step_ + 1, " (epoch ", step_ / steps_per_epoch() + 1,
                      ").", origin, " The learning rate, ", optimizer_.learning_rate(), ", is probably too high."));
}

double Trainer::forward_loss() {
  if (!fused_) return loss_.forward(*prediction_, batch_.y);
  return fused_->forward(model_.output(model_.layers().size() - 2), *prediction_, batch_.y);
}

void Trainer::backward_loss() {
  const Tensor& d = fused_ ? fused_->backward() : loss_.backward();
  // With respect to what went into the last layer, or to what came out of it.
  model_.run_backward(batch_.x, d, model_.layers().size() - (fused_ ? 1 : 0));
}

bool Trainer::step() {
  if (done() || !ready()) return false;
  const Model::Busy busy(model_);
  train_.gather(next_samples(), batch_);
  prediction_ = &model_.run_forward(batch_.x, Mode::training);
  const double value = forward_loss();
  if (!std::isfinite(value) || value > options_.largest_loss) throw diverged(concat("the loss is ", value));
  backward_loss();
  optimizer_.step();

  // The last step of an epoch is followed by no loss that would tell.
  const auto is_finite = [](const auto& parameter) { return parameter->value.array().isFinite().all(); };
  if ((step_ + 1) % steps_per_epoch() == 0 && !std::ranges::all_of(model_.parameters_, is_finite)) {
    for (size_t i = 0; i < model_.layers().size(); ++i) {
      for (const auto& parameter : model_.layers()[i]->parameters()) {
        if (is_finite(parameter)) continue;
        throw diverged(concat("a ", parameter->name, " of ", model_.chain_.name(i), " holds NaN or infinity"));
      }
    }
  }

  ++step_;
  const auto samples = static_cast<double>(batch_.x.rows());
  TrainerReport now{.step = step_, .steps = 1, .samples = batch_.x.rows(), .loss_sum = value * samples};
  if (options_.metric) {
    options_.metric->reset();
    options_.metric->update(*prediction_, batch_.y);
    now.metric_sum = options_.metric->value() * samples;
  }
  report_.add(now);
  if (step_ % steps_per_epoch() == 1 % steps_per_epoch()) epoch_report_ = {};
  epoch_report_.add(now);
  return true;
}

bool Trainer::advance(double budget_ms) {
  const Stopwatch watch;
  bool any = false;
  while (step()) {
    any = true;
    if (step_ % steps_per_epoch() == 0 || watch.ms() >= budget_ms) break;
  }
  return any;
}

void TrainerReport::visit_state(StateVisitor& state) {
  state.integer("step", step);
  state.integer("steps", steps);
  state.integer("samples", samples);
  state.number("loss_sum", loss_sum);
  state.number("metric_sum", metric_sum);
}

void Trainer::visit_state(StateVisitor& state) {
  const Model::Busy busy(model_);
  model_.visit_state(state);
  state.same("optimizer", std::string(optimizer_.type()));
  state.within("optimizer", [&] { optimizer_.visit_state(state); });
  // From these the order of the samples follows.
  state.same("seed", std::to_string(model_.options().seed));
  state.same("data_set_size", std::to_string(train_.size()));
  state.same("block_size", std::to_string(train_.block_size()));
  state.same("batch_size", std::to_string(options_.batch_size));
  state.integer("step", step_);
  state.within("report", [&] { report_.visit_state(state); });
  state.within("epoch_report", [&] { epoch_report_.visit_state(state); });
  state.after_restoring([this] { prediction_ = nullptr; });
}

TrainerReport Trainer::take_report() {
  TrainerReport report = report_;
  report.step = step_;
  report_ = {};
  return report;
}

}  // namespace toydl
