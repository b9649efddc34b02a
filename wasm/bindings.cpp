#include "convert.h"
#include "guard.h"
#include "user_code.h"

#include <toydl/arithmetic_version.h>
#include <toydl/outline.h>
#include <toydl/parallel.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <emscripten/bind.h>
#include <emscripten/heap.h>
#include <malloc.h>

// What JavaScript sees of the library: each base class once, and functions that make objects by name. Users never meet
// these bindings; the classes in src/ stand before them. Every function that can fail goes through `guard`.
// Objects that refer to others are bound together with shared pointers to them, so that no order of disposal can hurt.

namespace toydl::wasm {
namespace {

using emscripten::class_;
using emscripten::function;
using emscripten::val;
using std::shared_ptr;

/// By value, so that what a call is about outlives it, even if code of the user's disposes of its handle meanwhile.
template <class T>
using Pointer = shared_ptr<T>;

/// A model, and the batch of its last forward pass, which `backward` needs.
struct BoundModel {
  Model model;
  shared_ptr<Tensor> x;
};

/// A trainer with everything it refers to.
struct BoundTrainer {
  shared_ptr<BoundModel> model;
  shared_ptr<Dataset> train;
  shared_ptr<Loss> loss;
  shared_ptr<Optimizer> optimizer;
  Trainer trainer;
};

struct BoundEvaluation {
  shared_ptr<BoundModel> model;
  shared_ptr<Dataset> dataset;
  shared_ptr<Metric> metric;
  Evaluation evaluation;
};

val make_tensor(val shape) {
  return guard([&] { return std::make_shared<Tensor>(to_shape(shape)); });
}

val tensor_shape(const Tensor& tensor) { return from_shape(tensor.shape()); }
/// Position among the numbers of the heap, and how many there are: bulk data moves through the heap.
double tensor_offset(const Tensor& tensor) {
  return static_cast<double>(reinterpret_cast<uintptr_t>(tensor.data()) / sizeof(Scalar));
}
double tensor_size(const Tensor& tensor) { return static_cast<double>(tensor.size()); }

std::string parameter_name(const Parameter& parameter) { return parameter.name; }
val parameter_value(Pointer<Parameter> parameter) { return val(part_of(parameter, parameter->value)); }
val parameter_grad(Pointer<Parameter> parameter) { return val(part_of(parameter, parameter->grad)); }

val from_parameters(const Parameters& parameters) {
  val array = val::array();
  for (const auto& parameter : parameters) array.call<void>("push", parameter);
  return array;
}

template <class Base>
val make_object(std::string config) {
  return guard([&] { return make<Base>(to_json(config)); });
}

/// `layers` and `initializers` are objects that the config names by their positions.
template <class Base>
val make_with(std::string config, val layers, val initializers) {
  return guard([&] {
    const Given<Layer> given_layers(to_pointers<Layer>(layers));
    const Given<Initializer> given_initializers(to_pointers<Initializer>(initializers));
    return make<Base>(to_json(config));
  });
}

/// A user's own layer, loss, initializer or metric: `User` of `object`.
template <class Base, class User>
val make_user(val object, std::string type) {
  return guard([&] { return shared_ptr<Base>(std::make_shared<User>(UserObject(object, type))); });
}
val make_user_optimizer(val object, std::string type, val parameters, double learning_rate) {
  return guard([&] {
    return shared_ptr<Optimizer>(
        std::make_shared<UserOptimizer>(UserObject(object, type), to_pointers<Parameter>(parameters), learning_rate));
  });
}

shared_ptr<Parameter> make_parameter(std::string name) { return std::make_shared<Parameter>(name); }

double rng_uniform(Rng& rng, double low, double high) { return rng.uniform(low, high); }
double rng_normal(Rng& rng) { return rng.normal(); }

template <class Base>
val object_config(const Base& object) {
  return guard([&] { return config_of(object).dump(); });
}

val make_optimizer(std::string config, val parameters) {
  return guard([&] { return make<Optimizer>(to_json(config), to_pointers<Parameter>(parameters)); });
}

val check_gradient(Pointer<Layer> layer, val sample, double seed, double batch, double indices) {
  return guard([&] {
    const GradientCheckReport report = gradient_check(*layer, to_shape(sample),
                                                      {.seed = static_cast<uint64_t>(seed),
                                                       .batch = static_cast<Index>(batch),
                                                       .indices = static_cast<Index>(indices)});
    val object = val::object();
    object.set("where", report.where);
    object.set("parameter", static_cast<double>(report.parameter));
    object.set("index", static_cast<double>(report.index));
    object.set("shape", from_shape(report.shape));
    object.set("analytic", report.analytic);
    object.set("numeric", report.numeric);
    object.set("relativeError", report.relative_error);
    return object;
  });
}

val layer_parameters(Pointer<Layer> layer) { return from_parameters(layer->parameters()); }

val loss_forward(Pointer<Loss> loss, Pointer<Tensor> prediction, Pointer<Tensor> target) {
  return guard([&] { return loss->forward(*prediction, *target); });
}
val loss_backward(Pointer<Loss> loss) {
  return guard([&] { return part_of(loss, loss->backward()); });
}

val metric_update(Pointer<Metric> metric, Pointer<Tensor> prediction, Pointer<Tensor> target) {
  return guard([&] { metric->update(*prediction, *target); });
}

val metric_details(Pointer<Metric> metric) {
  return guard([&] {
    val object = val::object();
    for (auto& [name, tensor] : metric->details()) object.set(name, std::make_shared<Tensor>(std::move(tensor)));
    return object;
  });
}
val metric_reset(Pointer<Metric> metric) {
  return guard([&] { metric->reset(); });
}
val metric_value(Pointer<Metric> metric) {
  return guard([&] { return metric->value(); });
}

val optimizer_step(Pointer<Optimizer> optimizer) {
  return guard([&] { optimizer->step(); });
}

val set_learning_rate(Pointer<Optimizer> optimizer, double value) {
  return guard([&] { optimizer->set_learning_rate(value); });
}

val make_model(val layers, double seed, val input_shape) {
  return guard([&] {
    std::vector<Ref<Layer>> refs;
    for (auto& layer : to_pointers<Layer>(layers)) refs.push_back(layer);
    ModelOptions options{.seed = static_cast<uint64_t>(seed)};
    if (!input_shape.isUndefined()) options.input_shape = to_shape(input_shape);
    return shared_ptr<BoundModel>(new BoundModel{Model(std::move(refs), std::move(options)), nullptr});
  });
}

val model_forward(Pointer<BoundModel> bound, Pointer<Tensor> x, bool training) {
  return guard([&] {
    // What is only lent to a user's code, which may run a model of its own, is gone when `backward` needs it.
    bound->x = x.use_count() == 0 ? std::make_shared<Tensor>(*x) : x;
    const Tensor& y = bound->model.forward(*bound->x, training ? Mode::training : Mode::evaluation);
    return part_of(bound, y);
  });
}
val model_backward(Pointer<BoundModel> bound, Pointer<Tensor> dy) {
  return guard([&] { bound->model.backward(*dy); });
}
val model_predict(Pointer<BoundModel> bound, Pointer<Tensor> x) {
  return guard([&] { return std::make_shared<Tensor>(bound->model.predict(*x)); });
}
val model_parameters(Pointer<BoundModel> bound) {
  return guard([&] { return from_parameters(bound->model.parameters()); });
}
val model_hash(Pointer<BoundModel> bound) {
  return guard([&] { return bound->model.hash(); });
}

val model_input_shape(Pointer<BoundModel> bound) {
  return bound->model.input_shape() ? from_shape(*bound->model.input_shape()) : val::undefined();
}
/// A copy: the model's own changes with its next pass.
val model_output(Pointer<BoundModel> bound, double layer) {
  return guard([&] {
    const Tensor& y = bound->model.output(static_cast<size_t>(layer));
    return std::make_shared<Tensor>(y.shape(), y.values());
  });
}

val from_layers(const std::vector<LayerSummary>& layers) {
  val rows = val::array();
  for (const auto& layer : layers) {
    val row = val::object();
    row.set("layer", layer.layer);
    row.set("output", from_shape(layer.output));
    row.set("parameters", static_cast<double>(layer.parameters));
    rows.call<void>("push", row);
  }
  return rows;
}

val model_summary(Pointer<BoundModel> bound) {
  return guard([&] {
    const ModelSummary summary = bound->model.summary();
    val object = val::object();
    object.set("input", from_shape(summary.input));
    object.set("layers", from_layers(summary.layers));
    object.set("parameters", static_cast<double>(summary.parameters));
    object.set("text", std::string(summary));
    return object;
  });
}

val outline_of(std::string layers, val input) {
  return guard([&] {
    const Outline found = outline(to_json(layers).get<std::vector<Json>>(), to_shape(input));
    val object = val::object();
    object.set("layers", from_layers(found.layers));
    if (found.problem) {
      val problem = val::object();
      problem.set("layer", found.problem->layer);
      problem.set("message", found.problem->message);
      if (!found.problem->fix.is_null()) problem.set("fix", found.problem->fix.dump());
      object.set("problem", problem);
    }
    return object;
  });
}

val make_dataset(Pointer<Tensor> x, Pointer<Tensor> y) {
  return guard([&] { return std::make_shared<Dataset>(Tensor(*x), Tensor(*y)); });
}
val make_byte_dataset(val sample, double size, double classes, double scale, double block_size) {
  return guard([&] {
    return std::make_shared<Dataset>(ByteDatasetOptions{.sample = to_shape(sample),
                                                        .size = static_cast<Index>(size),
                                                        .classes = static_cast<Index>(classes),
                                                        .scale = scale,
                                                        .block_size = static_cast<Index>(block_size)});
  });
}
val read_idx_images(val images, std::string images_name, val labels, std::string labels_name, double classes) {
  return guard([&] {
    const auto image_bytes = emscripten::convertJSArrayToNumberVector<uint8_t>(images);
    const auto label_bytes = emscripten::convertJSArrayToNumberVector<uint8_t>(labels);
    return std::make_shared<Dataset>(
        read_images(image_bytes, images_name, label_bytes, labels_name, static_cast<Index>(classes)));
  });
}
val dataset_append(Dataset& dataset, val samples, val labels) {
  return guard([&] {
    dataset.append(emscripten::convertJSArrayToNumberVector<uint8_t>(samples),
                   emscripten::convertJSArrayToNumberVector<uint8_t>(labels));
  });
}
val dataset_slice(const Dataset& dataset, double first, double count) {
  return guard([&] {
    const auto batch = std::make_shared<Batch>(dataset.slice(static_cast<Index>(first), static_cast<Index>(count)));
    val object = val::object();
    object.set("x", part_of(batch, batch->x));
    object.set("y", part_of(batch, batch->y));
    return object;
  });
}
double dataset_size(const Dataset& dataset) { return static_cast<double>(dataset.size()); }
double dataset_available(const Dataset& dataset) { return static_cast<double>(dataset.available()); }
val dataset_sample_shape(const Dataset& dataset) { return from_shape(dataset.sample_shape()); }

val make_trainer(Pointer<BoundModel> model, Pointer<Dataset> train, Pointer<Loss> loss, Pointer<Optimizer> optimizer,
                 double epochs, double batch_size, double largest_loss, val metric) {
  return guard([&] {
    TrainerOptions options{
        .epochs = static_cast<Index>(epochs), .batch_size = static_cast<Index>(batch_size), .largest_loss = largest_loss};
    if (!metric.isUndefined()) options.metric = metric.as<shared_ptr<Metric>>();
    return shared_ptr<BoundTrainer>(new BoundTrainer{
        model, train, loss, optimizer, Trainer(model->model, *train, *loss, *optimizer, std::move(options))});
  });
}
val trainer_step(Pointer<BoundTrainer> bound) {
  return guard([&] { return bound->trainer.step(); });
}
val trainer_advance(Pointer<BoundTrainer> bound, double budget_ms) {
  return guard([&] { return bound->trainer.advance(budget_ms); });
}
val trainer_take_report(Pointer<BoundTrainer> bound) {
  const TrainerReport report = bound->trainer.take_report();
  const TrainerReport& epoch = bound->trainer.epoch_report();
  val object = val::object();
  object.set("step", static_cast<double>(report.step));
  object.set("steps", static_cast<double>(report.steps));
  object.set("samples", static_cast<double>(report.samples));
  object.set("loss", report.loss());
  object.set("metric", report.metric());
  object.set("epochLoss", epoch.loss());
  object.set("epochMetric", epoch.metric());
  return object;
}
double trainer_steps_per_epoch(Pointer<BoundTrainer> bound) {
  return static_cast<double>(bound->trainer.steps_per_epoch());
}
double trainer_steps_done(Pointer<BoundTrainer> bound) { return static_cast<double>(bound->trainer.steps_done()); }
bool trainer_done(Pointer<BoundTrainer> bound) { return bound->trainer.done(); }
bool trainer_waiting(Pointer<BoundTrainer> bound) { return bound->trainer.waiting(); }
val trainer_batch(Pointer<BoundTrainer> bound) {
  val object = val::object();
  if (!bound->trainer.has_batch()) return val::undefined();
  object.set("x", part_of(bound, bound->trainer.batch().x));
  object.set("y", part_of(bound, bound->trainer.batch().y));
  object.set("prediction", part_of(bound, bound->trainer.prediction()));
  return object;
}
/// As bytes of JavaScript's own.
val trainer_save(Pointer<BoundTrainer> bound, std::string about) {
  return guard([&] {
    const auto bytes = save_checkpoint(bound->trainer, about);
    return val::global("Uint8Array").new_(emscripten::typed_memory_view(bytes.size(), bytes.data()));
  });
}
val trainer_restore(Pointer<BoundTrainer> bound, val checkpoint) {
  return guard(
      [&] { restore_checkpoint(bound->trainer, emscripten::convertJSArrayToNumberVector<uint8_t>(checkpoint)); });
}

val make_evaluation(Pointer<BoundModel> model, Pointer<Dataset> dataset, Pointer<Metric> metric) {
  return guard([&] {
    return shared_ptr<BoundEvaluation>(
        new BoundEvaluation{model, dataset, metric, Evaluation(model->model, *dataset, *metric)});
  });
}
val evaluation_advance(Pointer<BoundEvaluation> bound, double budget_ms) {
  return guard([&] { return bound->evaluation.advance(budget_ms); });
}
double evaluation_samples(Pointer<BoundEvaluation> bound) { return static_cast<double>(bound->evaluation.samples()); }

val set_engine_threads(double count) {
  return guard([&] { set_threads(static_cast<Index>(count)); });
}

double used_memory() { return static_cast<double>(mallinfo().uordblks); }
double reserved_memory() { return static_cast<double>(emscripten_get_heap_size()); }

std::string catalogue_text() { return catalogue().dump(); }

}  // namespace

EMSCRIPTEN_BINDINGS(toydl) {
  class_<Tensor>("Tensor")
      .smart_ptr<shared_ptr<Tensor>>("TensorPointer")
      .function("shape", &tensor_shape)
      .function("offset", &tensor_offset)
      .function("size", &tensor_size);
  function("makeTensor", &make_tensor);

  class_<Parameter>("Parameter")
      .smart_ptr<shared_ptr<Parameter>>("ParameterPointer")
      .function("name", &parameter_name)
      .function("value", &parameter_value)
      .function("grad", &parameter_grad);
  function("makeParameter", &make_parameter);

  class_<Layer>("Layer")
      .smart_ptr<shared_ptr<Layer>>("LayerPointer")
      .function("config", &object_config<Layer>)
      .function("parameters", &layer_parameters)
      .function("checkGradient", &check_gradient);
  function("makeLayer", &make_with<Layer>);
  function("makeUserLayer", &make_user<Layer, UserLayer>);

  class_<Rng>("Rng")
      .smart_ptr<shared_ptr<Rng>>("RngPointer")
      .function("uniform", &rng_uniform)
      .function("normal", &rng_normal);

  class_<Loss>("Loss")
      .smart_ptr<shared_ptr<Loss>>("LossPointer")
      .function("config", &object_config<Loss>)
      .function("forward", &loss_forward)
      .function("backward", &loss_backward);
  function("makeLoss", &make_object<Loss>);
  function("makeUserLoss", &make_user<Loss, UserLoss>);

  class_<Metric>("Metric")
      .smart_ptr<shared_ptr<Metric>>("MetricPointer")
      .function("config", &object_config<Metric>)
      .function("reset", &metric_reset)
      .function("update", &metric_update)
      .function("value", &metric_value)
      .function("details", &metric_details);
  function("makeMetric", &make_object<Metric>);
  function("makeUserMetric", &make_user<Metric, UserMetric>);

  class_<Initializer>("Initializer").smart_ptr<shared_ptr<Initializer>>("InitializerPointer");
  function("makeInitializer", &make_object<Initializer>);
  function("makeUserInitializer", &make_user<Initializer, UserInitializer>);

  class_<Optimizer>("Optimizer")
      .smart_ptr<shared_ptr<Optimizer>>("OptimizerPointer")
      .function("config", &object_config<Optimizer>)
      .function("step", &optimizer_step)
      .function("zeroGrad", &Optimizer::zero_grad)
      .function("learningRate", &Optimizer::learning_rate)
      .function("setLearningRate", &set_learning_rate);
  function("makeOptimizer", &make_optimizer);
  function("makeUserOptimizer", &make_user_optimizer);

  class_<BoundModel>("Model")
      .smart_ptr<shared_ptr<BoundModel>>("ModelPointer")
      .function("forward", &model_forward)
      .function("backward", &model_backward)
      .function("predict", &model_predict)
      .function("output", &model_output)
      .function("parameters", &model_parameters)
      .function("inputShape", &model_input_shape)
      .function("summary", &model_summary)
      .function("hash", &model_hash);
  function("makeModel", &make_model);
  function("outline", &outline_of);

  class_<Dataset>("Dataset")
      .smart_ptr<shared_ptr<Dataset>>("DatasetPointer")
      .function("append", &dataset_append)
      .function("slice", &dataset_slice)
      .function("size", &dataset_size)
      .function("available", &dataset_available)
      .function("sampleShape", &dataset_sample_shape);
  function("makeDataset", &make_dataset);
  function("makeByteDataset", &make_byte_dataset);
  function("readIdxImages", &read_idx_images);

  class_<BoundTrainer>("Trainer")
      .smart_ptr<shared_ptr<BoundTrainer>>("TrainerPointer")
      .function("step", &trainer_step)
      .function("advance", &trainer_advance)
      .function("takeReport", &trainer_take_report)
      .function("stepsPerEpoch", &trainer_steps_per_epoch)
      .function("stepsDone", &trainer_steps_done)
      .function("done", &trainer_done)
      .function("waiting", &trainer_waiting)
      .function("batch", &trainer_batch)
      .function("save", &trainer_save)
      .function("restore", &trainer_restore);
  function("makeTrainer", &make_trainer);

  class_<BoundEvaluation>("Evaluation")
      .smart_ptr<shared_ptr<BoundEvaluation>>("EvaluationPointer")
      .function("advance", &evaluation_advance)
      .function("samples", &evaluation_samples);
  function("makeEvaluation", &make_evaluation);

  emscripten::constant("arithmeticVersion", arithmetic_version);
  function("setThreads", &set_engine_threads);
  function("usedMemory", &used_memory);
  function("reservedMemory", &reserved_memory);
  function("catalogue", &catalogue_text);
}

}  // namespace toydl::wasm
