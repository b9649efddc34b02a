#include "clusters.h"
#include "throws.h"

#include <toydl/toydl.h>

#include <limits>

using namespace toydl;

namespace {

/// A model in training, with everything a trainer refers to.
struct Training {
  explicit Training(const Dataset& data, double learning_rate = 0.1, Index epochs = 3)
      : sgd(model.parameters(), {.learning_rate = learning_rate}),
        trainer(model, data, loss, sgd, {.epochs = epochs, .batch_size = 7, .metric = std::make_shared<Accuracy>()}) {}

  Model model{{Linear(4, 8), ReLU(), Linear(8, 3), Softmax()}, {.seed = 5}};
  CrossEntropy loss;
  SGD sgd;
  Trainer trainer;
};

Dataset byte_dataset(Index block_size) {
  return Dataset({.sample = {4}, .size = 50, .classes = 3, .block_size = block_size});
}

/// Samples [first, end) of a data set of 50, as if they had just been downloaded.
void arrive(Dataset& dataset, int first, int end) {
  std::vector<uint8_t> samples, labels;
  for (int i = first; i < end; ++i) {
    for (int j = 0; j < 4; ++j) samples.push_back(static_cast<uint8_t>(j == i % 3 ? 255 : (i * 37 + j * 11) % 128));
    labels.push_back(static_cast<uint8_t>(i % 3));
  }
  dataset.append(samples, labels);
}

}  // namespace

TEST_CASE("however training is sliced, the bits are the same", "[trainer]") {
  const Dataset data = clusters(50);
  Training steps(data), slices(data), fitted(data);
  while (steps.trainer.step()) continue;
  while (slices.trainer.advance(0.01)) continue;
  fitted.model.fit(data, fitted.loss, fitted.sgd, {.epochs = 3, .batch_size = 7});
  CHECK(steps.trainer.steps_done() == 3 * 8);
  CHECK(steps.trainer.done());
  CHECK(!steps.trainer.waiting());
  CHECK(steps.model.hash() == slices.model.hash());
  CHECK(steps.model.hash() == fitted.model.hash());
}

TEST_CASE("a slice ends with its epoch, and tells what it did", "[trainer]") {
  const Dataset data = clusters(50);
  Training training(data);
  CHECK(training.trainer.advance(1e9));
  const TrainerReport report = training.trainer.take_report();
  CHECK(report.step == 8);
  CHECK(report.steps == 8);
  CHECK(report.samples == 50);
  CHECK(report.loss() > 0);
  CHECK(report.metric() > 0.3);
  CHECK(training.trainer.take_report().steps == 0);
}

TEST_CASE("every epoch takes every sample once, each time in another order", "[trainer]") {
  const Dataset data = clusters(50);
  Training training(data);
  std::vector<Scalar> first, second;
  for (int step = 0; step < 16; ++step) {
    training.trainer.step();
    for (Index i = 0; i < training.trainer.batch().x.rows(); ++i)
      (step < 8 ? first : second).push_back(training.trainer.batch().x[i * 4]);
  }
  CHECK(first != second);
  std::ranges::sort(first);
  std::ranges::sort(second);
  CHECK(first == second);
}

TEST_CASE("training can begin before all data is there, waits where it must, and gives the same bits", "[trainer]") {
  Dataset whole = byte_dataset(20);
  arrive(whole, 0, 50);
  Training reference(whole);
  while (reference.trainer.step()) continue;

  Dataset streamed = byte_dataset(20);
  Training training(streamed);
  CHECK(training.trainer.waiting());
  CHECK(!training.trainer.step());
  arrive(streamed, 0, 25);
  while (training.trainer.step()) continue;
  CHECK(training.trainer.steps_done() ==
        2);  // the third batch ends in the second block, which has only begun to arrive
  CHECK(training.trainer.waiting());
  arrive(streamed, 25, 50);
  CHECK(!training.trainer.waiting());
  while (training.trainer.step()) continue;
  CHECK(training.trainer.done());
  CHECK(training.model.hash() == reference.model.hash());

  Dataset unblocked = byte_dataset(0);
  arrive(unblocked, 0, 49);
  CHECK(Training(unblocked).trainer.waiting());
}

TEST_CASE("a loss that is no number stops training before it touches the weights", "[trainer]") {
  const Dataset data = clusters(50);
  Training training(data, largest_learning_rate, 100);
  std::string before;
  CHECK_FAILS(
      [&] {
        do before = training.model.hash();
        while (training.trainer.step());
      }(),
      diverged, "training diverged: the loss is");
  CHECK(training.model.hash() == before);
}

TEST_CASE("a loss beyond what is allowed stops training before it touches the weights", "[trainer]") {
  const Dataset data = clusters(50);
  Model model({Linear(4, 3), Softmax()}, {.seed = 3});
  for (const auto& parameter : model.parameters()) parameter->value.array() *= -1000;
  CrossEntropy loss;
  SGD sgd(model.parameters());
  Trainer trainer(model, data, loss, sgd, {.batch_size = 10, .largest_loss = 20});
  const std::string before = model.hash();
  CHECK_FAILS(trainer.step(), diverged, "It began in layer 1 of 2, Linear(4, 3).");
  CHECK(model.hash() == before);
  CHECK(trainer.steps_done() == 0);
  Trainer patient(model, data, loss, sgd, {.batch_size = 10});
  CHECK(patient.step());
}

TEST_CASE("a training that diverges says at which layer it began", "[trainer]") {
  Tensor x({4, 2}), y({4});
  x.fill(1);
  const Dataset data(std::move(x), std::move(y));
  Model model({Linear(2, 3), ReLU(), Linear(3, 3), Linear(3, 2), Softmax()}, {.seed = 1});
  model.parameters()[2]->value.fill(std::numeric_limits<Scalar>::max());
  model.parameters()[0]->value.fill(8);
  SGD sgd(model.parameters());
  CHECK_FAILS(model.fit(data, CrossEntropy(), sgd), diverged, "It began in layer 3 of 5, Linear(3, 3).");
}

TEST_CASE("a trainer wants epochs, a batch size, and samples that fit", "[trainer]") {
  const Dataset data = clusters(50);
  Training t(data);
  CHECK_FAILS(Trainer(t.model, data, t.loss, t.sgd, {.epochs = 0}), option, "epochs must be at least 1");
  CHECK_FAILS(Trainer(t.model, data, t.loss, t.sgd, {.batch_size = 0}), option, "batch_size must be at least 1");
  const Dataset wide(Tensor({2, 5}), Tensor({2}));
  CHECK_FAILS(Trainer(t.model, wide, t.loss, t.sgd), shape, "takes samples of shape [4], these are [5]");
}

TEST_CASE("an evaluation in slices gives the same value as one in a piece", "[evaluation]") {
  const Dataset data = clusters(2000);
  Model model({Linear(4, 3)}, {.seed = 3});
  Accuracy accuracy;
  Evaluation evaluation(model, data, accuracy);
  int slices = 1;
  while (!evaluation.advance(0)) ++slices;
  CHECK(slices == 8);
  CHECK(evaluation.samples() == 2000);
  CHECK(accuracy.value() == model.evaluate(data, Accuracy()));
}

TEST_CASE("weights that leave the range of numbers at the end of an epoch stop training", "[trainer]") {
  // Gradients are as large as x is.
  Batch batch = clusters(6).slice(0, 6);
  batch.x.array() *= std::numeric_limits<Scalar>::max() / 10000;
  const Dataset data(std::move(batch.x), std::move(batch.y));
  Model model({Linear(4, 3), Softmax()});
  SGD sgd(model.parameters(), {.learning_rate = largest_learning_rate});
  CHECK_FAILS(model.fit(data, CrossEntropy(), sgd, {.batch_size = 6}), diverged,
              "a weight of layer 1 of 2, Linear(4, 3) holds NaN or infinity at step 1");
}

TEST_CASE("an optimizer of another model is refused", "[trainer]") {
  const Dataset data = clusters(6);
  Model model({Linear(4, 3)}), other({Linear(4, 3)});
  SGD sgd(other.parameters());
  CHECK_FAILS(model.fit(data, SoftmaxCrossEntropy(), sgd), option, "parameters of another model");
}

TEST_CASE("the metric of training sees what the model says, also where Softmax and loss are one", "[trainer]") {
  const Tensor x({4, 2}, {1, 2, 3, 4, -5, 6, 7, -8}), y({4, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0});
  const Dataset data(Tensor(x.shape(), x.values()), Tensor(y.shape(), y.values()));
  for (const Ref<Layer>& last : std::vector<Ref<Layer>>{Softmax(), Sigmoid()}) {
    Model model({Linear(2, 3), last}, {.seed = 1});
    SGD sgd(model.parameters(), {.learning_rate = 1e-30});
    const auto fit = [&](Loss&& loss) {
      return model.fit(data, loss, sgd, {.batch_size = 4, .metric = std::make_shared<MSEMetric>()}).back().metric;
    };
    const double metric = last->type() == "Softmax" ? fit(CrossEntropy()) : fit(MSE());
    CHECK(metric == Catch::Approx(model.evaluate(data, MSEMetric())).epsilon(1e-6));
  }
}

TEST_CASE("training with a fused Softmax is training with one after the other", "[trainer]") {
  const Dataset data = clusters(50);
  Training fused(data), by_hand(data);
  CrossEntropy loss;
  while (fused.trainer.step()) {
    const Batch& batch = fused.trainer.batch();
    const Tensor& prediction = by_hand.model.forward(batch.x);
    CHECK((prediction.array() - fused.trainer.prediction().array()).abs().maxCoeff() < 1e-4);
    CHECK(loss.forward(prediction, batch.y) == Catch::Approx(fused.trainer.take_report().loss()).epsilon(1e-4));
    by_hand.model.backward(loss.backward());
    by_hand.sgd.step();
  }
}

TEST_CASE("a last batch that would leave a BatchNorm one number is refused before the first step", "[trainer]") {
  const auto train = [](Index samples, Index batch_size, std::vector<Ref<Layer>> layers) {
    Dataset data = clusters(samples);
    Model model(std::move(layers), {.input_shape = Shape{4}});
    SGD sgd(model.parameters());
    SoftmaxCrossEntropy loss;
    return model.fit(data, loss, sgd, {.batch_size = batch_size}).size();
  };
  const auto flat = [] { return std::vector<Ref<Layer>>{Linear(4, 3), BatchNorm()}; };
  CHECK_FAILS(train(50, 7, flat()), option,
              "with 50 samples and a batch_size of 7, the last batch of an epoch has 1, but layer 2 of 2, BatchNorm(), "
              "needs at "
              "least 2 to train. Use a batch_size of 6 or 8");
  CHECK_FAILS(train(50, 1, flat()), option, "Use a batch_size of 2");
  CHECK_FAILS(train(50, 49, flat()), option, "Use a batch_size of 48 or 50");
  CHECK_FAILS(train(1, 1, flat()), option, "to train. Use more samples");
  CHECK_FAILS(train(50, 7, {Linear(4, 3), Residual({BatchNorm()})}), option,
              "layer 2 of 2, Residual(BatchNorm()), needs at least 2");
  CHECK(train(50, 6, flat()) == 1);
  CHECK(train(50, 8, flat()) == 1);
  // Two time steps, or four pixels, are enough numbers of one sample.
  CHECK(train(50, 7, {Reshape(Shape{2, 2}), BatchNorm(), GlobalAvgPool1D(), Linear(2, 3)}) == 1);
  CHECK(train(50, 7, {Reshape(Shape{1, 2, 2}), BatchNorm(), Flatten(), Linear(4, 3)}) == 1);
}
