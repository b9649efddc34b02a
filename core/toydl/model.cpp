#include <toydl/error.h>
#include <toydl/evaluation.h>
#include <toydl/floating_point.h>
#include <toydl/model.h>
#include <toydl/state.h>
#include <toydl/trainer.h>

#include <algorithm>
#include <limits>

namespace toydl {

Model::Model(std::vector<Ref<Layer>> layers, ModelOptions options)
    : chain_(std::move(layers)), options_(options), rng_(options.seed, Rng::Stream::layers) {
  require_exact_arithmetic();
  if (this->layers().empty()) throw Error(ErrorCode::option, "a model needs at least one layer");
  const auto shape = options_.input_shape ? options_.input_shape : this->layers().front()->input_shape();
  if (shape) build(*shape);
}

void Model::build(const Shape& sample) {
  Rng rng(options_.seed, Rng::Stream::weights);
  chain_.build(sample, rng);
  parameters_ = chain_.parameters();
  input_shape_ = sample;
}

void Model::prepare(const Shape& sample) {
  if (!input_shape_) build(sample);
  if (sample != *input_shape_) {
    throw Error(ErrorCode::shape, concat("the model takes samples of shape ", *input_shape_, ", these are ", sample,
                                         ". A batch has the number of samples in front: ", input_shape_->batch(64)));
  }
}

Model::Busy::Busy(Model& model) : model_(model) {
  if (model.busy_) {
    throw Error(ErrorCode::state,
                "the model is in a pass already, and cannot begin another one inside it; use a second model");
  }
  model.busy_ = true;
}

const Tensor& Model::forward(const Tensor& x, Mode mode) {
  const Busy busy(*this);
  x_ = nullptr;
  if (x.shape().rank() == 0) throw Error(ErrorCode::shape, "x must be a batch, [batch, …]; it has no dimensions");
  prepare(x.shape().sample());
  if (&x == &y_ || chain_.owns(x)) {
    throw Error(ErrorCode::state, "x is an output of this model, which the pass would overwrite; copy it");
  }
  require_finite(x, "x");
  run_forward(x, mode);
  x_ = &x;
  return y_;
}

void Model::backward(const Tensor& dy) {
  const Busy busy(*this);
  if (x_ == nullptr) throw Error(ErrorCode::state, "backward needs a forward pass just before it");
  if (dy.shape() != y_.shape()) {
    throw Error(ErrorCode::shape,
                concat("dy is ", dy.shape(), ", but the output of the last forward pass is ", y_.shape()));
  }
  run_backward(*x_, dy, layers().size());
}

const Tensor& Model::run_forward(const Tensor& x, Mode mode) {
  x_ = nullptr;
  has_passed_ = false;
  chain_.forward(x, y_, {mode, rng_});
  has_passed_ = true;
  return y_;
}

const Tensor& Model::output(size_t layer) const {
  if (layer >= layers().size()) {
    throw Error(ErrorCode::option,
                concat("there is no layer ", layer, "; the first one is 0, the last one is ", layers().size() - 1));
  }
  if (!has_passed_) throw Error(ErrorCode::state, concat(chain_.name(layer), " took no part in a pass yet"));
  return layer + 1 == layers().size() ? y_ : chain_.output(layer);
}

std::string Model::first_beyond(Scalar limit) const {
  for (size_t i = 0; has_passed_ && i < layers().size(); ++i) {
    // NaN is not at most anything.
    if (!(output(i).array().abs() <= limit).all()) return chain_.name(i);
  }
  return "";
}

void Model::run_backward(const Tensor& x, const Tensor& dy, size_t count) {
  for (const auto& parameter : parameters_) {
    if (!parameter->grad_used) continue;
    parameter->grad.fill(0);
    parameter->grad_used = false;
  }
  try {
    chain_.backward(x, y_, dy, nullptr, count);
  } catch (...) {
    // Half a gradient is none.
    for (const auto& parameter : parameters_) parameter->grad_used = true;
    throw;
  }
}

std::string Model::hash() const {
  Parameters all = parameters();
  std::ranges::move(buffers(), std::back_inserter(all));
  return hash_text(hash_of(all));
}

Tensor Model::predict(const Tensor& x) {
  const Tensor& y = forward(x, Mode::evaluation);
  x_ = nullptr;
  return Tensor(y.shape(), y.values());
}

double Model::evaluate(const Dataset& dataset, Metric& metric) {
  Evaluation evaluation(*this, dataset, metric);
  evaluation.advance(std::numeric_limits<double>::infinity());
  return metric.value();
}

std::vector<TrainingReport> Model::fit(const Dataset& train, Loss& loss, Optimizer& optimizer,
                                       const FitOptions& options) {
  Trainer trainer(*this, train, loss, optimizer,
                  {.epochs = options.epochs, .batch_size = options.batch_size, .metric = options.metric});
  std::vector<TrainingReport> history;
  while (trainer.step()) {
    const Index step = trainer.steps_done();
    const Index number = (step - 1) / trainer.steps_per_epoch() + 1;
    const TrainerReport batch = trainer.take_report();
    if (options.on_batch) options.on_batch({number, step, batch.loss(), batch.metric()});
    if (step % trainer.steps_per_epoch() != 0) continue;
    const TrainerReport& epoch = trainer.epoch_report();
    history.push_back({number, step, epoch.loss(), epoch.metric()});
    if (options.on_epoch) options.on_epoch(history.back());
  }
  if (!trainer.done()) {
    throw Error(ErrorCode::state, concat("only ", train.available(), " of ", train.size(),
                                         " samples are there; a Trainer can begin with them and wait for the others"));
  }
  return history;
}

Parameters Model::parameters() const {
  require_built();
  return parameters_;
}

void Model::require_built() const {
  if (input_shape_) return;
  throw Error(ErrorCode::state,
              "the model has no parameters yet: it does not know the shape of a sample. Give "
              "input_shape, or run a batch through it first.");
}

void Model::visit_state(StateVisitor& state) {
  require_built();
  chain_.visit_state(state);
  state.within("random", [&] { rng_.visit_state(state); });
  // What the last pass left is of another state.
  state.after_restoring([this] {
    x_ = nullptr;
    has_passed_ = false;
  });
}

ModelSummary Model::summary() const {
  require_built();
  ModelSummary summary{.input = *input_shape_, .parameters = 0};
  for (size_t i = 0; i < layers().size(); ++i) {
    Index count = 0;
    for (const auto& parameter : layers()[i]->parameters()) count += parameter->value.size();
    summary.layers.push_back({layers()[i]->describe(), output_shapes()[i], count});
    summary.parameters += count;
  }
  return summary;
}

}  // namespace toydl
