#include "train.h"

#include "progress.h"

#include <toydl/clock.h>
#include <toydl/kernel.h>
#include <toydl/parallel.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

namespace toydl::cli {
namespace {

struct TrainSettings {
  std::string dataset = "mnist";
  std::vector<Index> layers = {784, 50, 10};
  std::string optimizer = "SGD";
  double learning_rate = 0.1;
  Index epochs = 10;
  Index batch_size = 64;
  uint64_t seed = 42;
  std::string arithmetic = "strict";
  Index threads = 1;
};

/// Linear layers of these widths with ReLU between them and Softmax at the end.
std::vector<Ref<Layer>> make_layers(const std::vector<Index>& widths) {
  if (widths.size() < 2) throw Error(ErrorCode::option, "--layers wants at least two widths, input and output: 784,10");
  std::vector<Ref<Layer>> layers;
  for (size_t i = 0; i + 1 < widths.size(); ++i) {
    if (i > 0) layers.push_back(ReLU());
    layers.push_back(Linear(widths[i], widths[i + 1]));
  }
  layers.push_back(Softmax());
  return layers;
}

void train(const TrainSettings& settings) {
  if (settings.arithmetic == "fma") use_arithmetic(Arithmetic::fma);
  set_threads(settings.threads);
  const Mnist mnist = load_mnist(settings.dataset == "mnist" ? default_mnist_folder() : settings.dataset);
  Model model(make_layers(settings.layers), {.seed = settings.seed});
  const auto optimizer =
      make<Optimizer>({{"type", settings.optimizer}, {"learning_rate", settings.learning_rate}}, model.parameters());
  CrossEntropy loss;
  Trainer trainer(model, mnist.train, loss, *optimizer, {.epochs = settings.epochs, .batch_size = settings.batch_size});

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
    std::printf("epoch %2td/%td  loss %.4f  test accuracy %.2f %%  %.0f samples/s\n", epoch, settings.epochs,
                report.loss(), 100 * accuracy, static_cast<double>(report.samples) / seconds);
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
                                         "Train a classifier on MNIST: linear layers with ReLU between them, Softmax "
                                         "and cross-entropy at the end. Prints loss, "
                                         "test accuracy and speed for each epoch, and at the end the hash of the "
                                         "weights: equal settings give an equal hash, "
                                         "here and in any browser.");
  std::string optimizers;
  for (const auto& descriptor : registry<Optimizer>()) optimizers += (optimizers.empty() ? "" : ", ") + descriptor.name;

  command->add_option("--dataset", settings->dataset, "mnist, or a folder with four files named and made like MNIST's")
      ->capture_default_str();
  command->add_option("--layers", settings->layers, "Widths from input to output, as in 784,128,64,10")
      ->delimiter(',')
      ->type_name("WIDTH,WIDTH,...")
      ->default_str("784,50,10");
  command->add_option("--optimizer", settings->optimizer, "One of: " + optimizers)->capture_default_str();
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
