#include "train.h"

#include "config.h"
#include "progress.h"

#include <toydl/clock.h>
#include <toydl/kernel.h>
#include <toydl/parallel.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <memory>
#include <sstream>

namespace toydl::cli {
namespace {

struct TrainSettings {
  std::string dataset = "mnist";
  std::string layers = "784,50,10";
  std::string optimizer = "SGD";
  std::string schedule = "ConstantSchedule";
  double learning_rate = 0.1;
  Index epochs = 10;
  Index batch_size = 64;
  uint64_t seed = 42;
  std::string arithmetic = "strict";
  Index threads = 1;
};

/// "784,128,10" as numbers.
std::vector<Index> widths_from(const std::string& text) {
  std::vector<Index> widths;
  std::istringstream parts(text + ',');
  for (std::string part; std::getline(parts, part, ',');) {
    Index width = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), width);
    if (error != std::errc() || end != part.data() + part.size()) {
      throw Error(ErrorCode::option,
                  concat("--layers wants widths such as 784,128,10, or layers as JSON; '", part, "' is no width"));
    }
    widths.push_back(width);
  }
  return widths;
}

/// Layers as JSON; or, from widths, linear layers with ReLU between them and Softmax at the end.
std::vector<Ref<Layer>> make_layers(const std::string& text) {
  std::vector<Ref<Layer>> layers;
  if (text.starts_with('[')) {
    for (const Json& layer : config_from(text)) layers.push_back(make<Layer>(layer));
    return layers;
  }
  const auto widths = widths_from(text);
  if (widths.size() < 2) throw Error(ErrorCode::option, "--layers wants at least two widths, input and output: 784,10");
  for (size_t i = 0; i + 1 < widths.size(); ++i) {
    if (i > 0) layers.push_back(ReLU());
    layers.push_back(Linear(widths[i], widths[i + 1]));
  }
  layers.push_back(Softmax());
  return layers;
}

std::shared_ptr<Optimizer> make_optimizer(const TrainSettings& settings, Parameters parameters) {
  Json config = config_from(settings.optimizer);
  if (config.is_string()) config = {{"type", config}};
  config["schedule"] = config_from(settings.schedule);
  config["learning_rate"] = settings.learning_rate;
  return make<Optimizer>(config, std::move(parameters));
}

/// Either way the model is trained to give probabilities.
std::shared_ptr<Loss> loss_for(const Model& model) {
  return make<Loss>(model.layers().back()->type() == "Softmax" ? "CrossEntropy" : "SoftmaxCrossEntropy");
}

void train(const TrainSettings& settings) {
  if (settings.arithmetic == "fma") use_arithmetic(Arithmetic::fma);
  set_threads(settings.threads);
  const Mnist mnist = load_mnist(settings.dataset == "mnist" ? default_mnist_folder() : settings.dataset);
  Model model(make_layers(settings.layers), {.seed = settings.seed, .input_shape = mnist.train.sample_shape()});
  const auto optimizer = make_optimizer(settings, model.parameters());
  const auto loss = loss_for(model);
  Trainer trainer(model, mnist.train, *loss, *optimizer,
                  {.epochs = settings.epochs, .batch_size = settings.batch_size});

  Progress progress(trainer.steps_per_epoch());
  for (Index epoch = 1; epoch <= settings.epochs; ++epoch) {
    TrainerReport report;
    const Stopwatch watch;
    while (report.steps < trainer.steps_per_epoch() && trainer.step()) {
      report.add(trainer.take_report());
      progress.show(epoch, settings.epochs, report.steps, report.loss());
    }
    const double seconds = watch.ms() / 1000;
    progress.clear();
    const double accuracy = model.evaluate(mnist.test, Accuracy());
    std::printf("epoch %2" PRId64 "/%" PRId64 "  loss %.4f  test accuracy %.2f %%  %.0f samples/s\n", epoch,
                settings.epochs, report.loss(), 100 * accuracy, static_cast<double>(report.samples) / seconds);
    std::fflush(stdout);
  }
  std::printf("weights %s\n", model.hash().c_str());
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw Error(ErrorCode::state, "the output could not be written");
}

}  // namespace

void add_train(CLI::App& app) {
  auto settings = std::make_shared<TrainSettings>();
  CLI::App* command = app.add_subcommand("train",
                                         "Train a classifier on MNIST, with cross-entropy as its loss. Prints loss, "
                                         "test accuracy and speed for each epoch, and at the end the hash of the "
                                         "weights: equal settings give an equal hash, "
                                         "here and in any browser.");
  const auto names_of = [](const auto& descriptors) {
    std::string names;
    for (const auto& descriptor : descriptors) names += (names.empty() ? "" : ", ") + descriptor.name;
    return names;
  };

  command->add_option("--dataset", settings->dataset, "mnist, or a folder with four files named and made like MNIST's")
      ->capture_default_str();
  command
      ->add_option(
          "--layers", settings->layers,
          "Widths from input to output, for linear layers with ReLU between them and Softmax at the end; or a list of "
          "layers as JSON, [{\"type\": \"Linear\", \"inFeatures\": 784, ...")
      ->type_name("WIDTH,WIDTH,...|JSON")
      ->capture_default_str();
  command
      ->add_option("--optimizer", settings->optimizer,
                   "One of: " + names_of(registry<Optimizer>()) + "; or one with its options as JSON")
      ->capture_default_str();
  command
      ->add_option("--schedule", settings->schedule,
                   "One of: " + names_of(registry<Schedule>()) + "; or one with its options as JSON")
      ->capture_default_str();
  command->add_option("--learning-rate", settings->learning_rate, "Size of a step, a positive number")
      ->capture_default_str();
  command->add_option("--epochs", settings->epochs, "How often to go through the training images")
      ->capture_default_str();
  command->add_option("--batch-size", settings->batch_size, "Images in a step")->capture_default_str();
  command->add_option("--seed", settings->seed, "Everything random follows from this")->capture_default_str();
  command
      ->add_option("--arithmetic", settings->arithmetic,
                   "strict: the same bits on every machine; fma: faster, and the same bits on every machine with fused "
                   "multiply-add")
      ->check(CLI::IsMember({"strict", "fma"}))
      ->capture_default_str();
  command->add_option("--threads", settings->threads, "How many share the work; they change no bit")
      ->capture_default_str();
  command->callback([settings] { train(*settings); });
}

}  // namespace toydl::cli
