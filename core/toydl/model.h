#pragma once

#include <toydl/chain.h>
#include <toydl/dataset.h>
#include <toydl/loss.h>
#include <toydl/metric.h>
#include <toydl/optimizer.h>
#include <toydl/summary.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace toydl {

struct ModelOptions {
  /// Weights, order of samples and everything else that is random follow from this.
  uint64_t seed = 0;
  /// Shape of one sample; needed only where the first layer does not know it, or takes more than one.
  std::optional<Shape> input_shape;
};

/// What `fit` tells after a batch or an epoch.
struct TrainingReport {
  Index epoch;    ///< from 1
  Index step;     ///< optimizer steps so far
  double loss;    ///< mean over the batch, or over the epoch's batches
  double metric;  ///< of this batch or epoch, before each update; 0 without a metric
};

struct FitOptions {
  Index epochs = 1;
  Index batch_size = 32;
  std::shared_ptr<Metric> metric = nullptr;  ///< measured on the training batches as they go by
  std::function<void(const TrainingReport&)> on_batch = nullptr;
  std::function<void(const TrainingReport&)> on_epoch = nullptr;
};

/// Layers, one after the other.
///
///     Model model({Linear(784, 50), ReLU(), Linear(50, 10), Softmax()}, {.seed = 42});
class Model {
 public:
  /// Builds the layers where the shape of a sample is known, else at the first forward pass.
  /// @throws Error(shape) that names the layer whose shapes do not fit, and what to do about it; Error(unsupported) in a program that
  /// does not compute as all others do (require_exact_arithmetic)
  explicit Model(std::vector<Ref<Layer>> layers, ModelOptions options = {});
  Model(const Model&) = delete;

  /// The output for a batch x [batch, …], which must live until `backward` has been called. The result is the model's
  /// own and holds until the next forward pass.
  /// @throws Error(shape) if x does not fit, Error(not_finite) for NaN or infinity in x.
  const Tensor& forward(const Tensor& x, Mode mode = Mode::training);
  /// A batch that nobody keeps would be gone when `backward` needs it; `predict` takes one.
  const Tensor& forward(Tensor&& x, Mode mode = Mode::training) = delete;

  /// Gradients of all parameters, from that of the loss with respect to the output of the last `forward`. They add up over calls
  /// until an optimizer's step uses them.
  /// @throws Error(state) without a forward pass before it, Error(shape) if dy is not like the output.
  void backward(const Tensor& dy);

  /// The output for x in evaluation mode, as a tensor of its own.
  Tensor predict(const Tensor& x);

  /// The metric over all samples of the data set that have arrived, in evaluation mode.
  double evaluate(const Dataset& dataset, Metric& metric);
  double evaluate(const Dataset& dataset, Metric&& metric) { return evaluate(dataset, metric); }

  /// Trains; returns a report for each epoch. A final Softmax and CrossEntropy are computed as one.
  /// @throws Error(diverged) if the loss becomes NaN or infinite, Error(state) if samples have not arrived
  std::vector<TrainingReport> fit(const Dataset& train, Loss& loss, Optimizer& optimizer,
                                  const FitOptions& options = {});
  std::vector<TrainingReport> fit(const Dataset& train, Loss&& loss, Optimizer& optimizer,
                                  const FitOptions& options = {}) {
    return fit(train, loss, optimizer, options);
  }

  /// All parameters, layer after layer. @throws Error(state) before the layers are built.
  Parameters parameters() const;

  /// What the layers gather without learning it: the running statistics of a BatchNorm.
  Parameters buffers() const { return chain_.buffers(); }

  /// The hash of all weights, and of the buffers where there are any: 16 hexadecimal digits.
  std::string hash() const;

  /// What a saved run has of the model: what its layers remember, and its random numbers.
  /// @throws Error(state) before the layers are built
  void visit_state(StateVisitor& state);

  /// What the model is made of: its layers with their output shapes and numbers of parameters.
  /// @throws Error(state) before the layers are built
  ModelSummary summary() const;

  /// What a layer gave in the last pass; it holds until the next one.
  /// @throws Error(state) if it took no part in one, Error(option) if there is no such layer
  const Tensor& output(size_t layer) const;

  /// The first layer whose output in the last pass holds a number beyond ±`limit`, or NaN, as in a message, "layer 3 of 6,
  /// Linear(50, 10)"; empty if there is none.
  std::string first_beyond(Scalar limit) const;

  const std::vector<Ref<Layer>>& layers() const { return chain_.layers(); }
  const ModelOptions& options() const { return options_; }
  /// The shape of one sample of x; none before the layers are built.
  const std::optional<Shape>& input_shape() const { return input_shape_; }
  /// The shape of one sample of each layer's output; empty before the layers are built.
  const std::vector<Shape>& output_shapes() const { return chain_.output_shapes(); }

 private:
  friend class Trainer;
  friend class Evaluation;

  /// A pass, or a step of training, while it lives: a layer, a loss or a metric of a user's own must not begin another one
  /// inside, for it would overwrite what the first one needs.
  class Busy {
   public:
    /// @throws Error(state) if there is one already
    explicit Busy(Model& model);
    Busy(const Busy&) = delete;
    ~Busy() { model_.busy_ = false; }

   private:
    Model& model_;
  };

  /// Builds the layers if they are not built, else checks that they were built for such samples.
  void prepare(const Shape& sample);
  void build(const Shape& sample);
  /// @throws Error(state) before the layers are built
  void require_built() const;
  /// The passes, without the checks that a batch of a data set does not need; backward from the output of the first `count` layers.
  const Tensor& run_forward(const Tensor& x, Mode mode);
  void run_backward(const Tensor& x, const Tensor& dy, size_t count);

  Chain chain_;
  bool busy_ = false;
  ModelOptions options_;
  Rng rng_;                           // of the layers' passes
  std::optional<Shape> input_shape_;  // of one sample, once built
  Parameters parameters_;             // of all layers, once built
  const Tensor* x_ = nullptr;         // the batch of the last `forward`; null once another pass has run
  Tensor y_;                          // and its output
  bool has_passed_ = false;           // whether the outputs are those of one pass
};

}  // namespace toydl
