#include <toydl/error.h>
#include <toydl/evaluation.h>
#include <toydl/model.h>
#include <toydl/trainer.h>

#include <algorithm>
#include <limits>

namespace toydl {

Model::Model(std::vector<Ref<Layer>> layers, ModelOptions options) : layers_(std::move(layers)), options_(options) {
  if (layers_.empty()) throw Error(ErrorCode::option, "a model needs at least one layer");
  outputs_.resize(layers_.size());
  gradients_.resize(layers_.size());
  const auto shape = options_.input_shape ? options_.input_shape : layers_.front()->input_shape();
  if (shape) build(*shape);
}

void Model::build(const Shape& sample) {
  for (size_t i = 0; i < layers_.size(); ++i) {
    const auto is_same = [&](const Ref<Layer>& other) { return &*other == &*layers_[i]; };
    const bool twice = std::count_if(layers_.begin(), layers_.end(), is_same) > 1;
    for (const auto& parameter : layers_[i]->parameters()) {
      if (!twice && parameter->value.size() == 0) continue;
      throw Error(ErrorCode::state, concat(place(i), twice ? " is in this model twice" : " already belongs to a model",
                                           ". Make a new layer for each place."));
    }
  }
  Rng rng(options_.seed, Rng::Stream::weights);
  Shape shape = sample;
  std::vector<Shape> shapes;
  for (size_t i = 0; i < layers_.size(); ++i) {
    try {
      shape = layers_[i]->build(shape, rng);
    } catch (...) {
      // The layers can then take part in another attempt.
      for (const auto& layer : layers_) {
        for (const auto& parameter : layer->parameters()) parameter->resize({0});
      }
      rethrow_from(i);
    }
    shapes.push_back(shape);
  }
  for (const auto& layer : layers_) {
    for (auto& parameter : layer->parameters()) parameters_.push_back(std::move(parameter));
  }
  input_shape_ = sample;
  output_shapes_ = std::move(shapes);
}

void Model::rethrow_from(size_t layer) const {
  try {
    throw;
  } catch (const Error& error) {
    throw Error(error.code(), concat(place(layer), " ", error.what()));
  }
}

void Model::prepare(const Shape& sample) {
  if (output_shapes_.empty()) build(sample);
  if (sample != input_shape_) {
    throw Error(ErrorCode::shape, concat("the model takes samples of shape ", input_shape_, ", these are ", sample,
                                         ". A batch has the number of samples in front: ", input_shape_.batch(64)));
  }
}

std::string Model::place(size_t layer) const {
  const std::string name = concat("layer ", layer + 1, " of ", layers_.size(), ", ", layers_[layer]->describe());
  return layer == 0 ? name : concat(name, ", after ", layers_[layer - 1]->describe(), ",");
}

const Tensor& Model::forward(const Tensor& x, Mode mode) {
  x_ = nullptr;
  if (x.shape().rank() == 0) throw Error(ErrorCode::shape, "x must be a batch, [batch, …]; it has no dimensions");
  prepare(x.shape().sample());
  for (const Tensor& output : outputs_) {
    if (&x == &output)
      throw Error(ErrorCode::state, "x is an output of this model, which the pass would overwrite; copy it");
  }
  require_finite(x, "x");
  const Tensor& y = run_forward(x, mode, layers_.size());
  x_ = &x;
  return y;
}

void Model::backward(const Tensor& dy) {
  if (x_ == nullptr) throw Error(ErrorCode::state, "backward needs a forward pass just before it");
  if (dy.shape() != outputs_.back().shape()) {
    throw Error(ErrorCode::shape,
                concat("dy is ", dy.shape(), ", but the output of the last forward pass is ", outputs_.back().shape()));
  }
  run_backward(*x_, dy, layers_.size());
}

const Tensor& Model::run_forward(const Tensor& x, Mode mode, size_t count) {
  x_ = nullptr;
  const Tensor* in = &x;
  for (size_t i = 0; i < count; ++i) {
    outputs_[i].resize(output_shapes_[i].batch(x.rows()));
    layers_[i]->forward(*in, outputs_[i], mode);
    in = &outputs_[i];
  }
  return *in;
}

void Model::run_backward(const Tensor& x, const Tensor& dy, size_t count) {
  for (const auto& parameter : parameters_) {
    if (!parameter->grad_used) continue;
    parameter->grad.fill(0);
    parameter->grad_used = false;
  }
  const Tensor* d = &dy;
  for (size_t i = count; i-- > 0;) {
    const Tensor& in = i == 0 ? x : outputs_[i - 1];
    Tensor* dx = i == 0 ? nullptr : &gradients_[i];
    if (dx != nullptr) dx->resize(in.shape());
    layers_[i]->backward(in, outputs_[i], *d, dx);
    d = dx;
  }
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
  if (output_shapes_.empty()) {
    throw Error(ErrorCode::state,
                "the model has no parameters yet: it does not know the shape of a sample. Give "
                "input_shape, or run a batch through it first.");
  }
  return parameters_;
}

}  // namespace toydl
