#include <toydl/toydl.h>

#include <algorithm>
#include <catch_amalgamated.hpp>

using namespace toydl;

// Whole models of every family learn, and are tested with samples that they have not seen.

namespace {

using Layers = std::vector<Ref<Layer>>;

void skip_in_double() {
  if constexpr (!std::is_same_v<Scalar, float>)
    SKIP("training takes long, and doubles show nothing that floats do not");
}

struct Training {
  Index epochs;
  double learning_rate;
};

/// The accuracy of a model of these layers on `test`, after so much training.
double accuracy_after(Training training, Layers layers, const Dataset& train, const Dataset& test) {
  constexpr Index batch_size = 32;
  const Index steps = training.epochs * train.size() / batch_size;
  Model model(std::move(layers), {.seed = 42, .input_shape = train.sample_shape()});
  Adam adam(model.parameters(),
            {.learning_rate = training.learning_rate, .schedule = CosineSchedule({.steps = steps})});
  model.fit(train, CrossEntropy(), adam, {.epochs = training.epochs, .batch_size = batch_size});
  return model.evaluate(test, Accuracy());
}

double mnist_accuracy_after(Training training, Layers layers) {
  skip_in_double();
  const auto [train, test] = load_mnist();
  return accuracy_after(training, std::move(layers), train, test);
}

constexpr Index token_kinds = 8;

/// Sequences of 16 tokens, half of them with a 0 directly before a 1; the label says which. Only their order tells, for each
/// holds every token exactly twice: as bags of tokens they are all the same.
Dataset token_sequences(Index count, uint64_t seed) {
  constexpr Index time = 2 * token_kinds;
  std::vector<Scalar> tokens;
  for (Index t = 0; t < time; ++t) tokens.push_back(static_cast<Scalar>(t % token_kinds));
  const auto has_pair = [&] {
    return std::ranges::adjacent_find(tokens, [](Scalar a, Scalar b) { return a == 0 && b == 1; }) != tokens.end();
  };
  Rng rng(seed, Rng::Stream::data);
  Tensor x({count, time}), y({count});
  for (Index n = 0; n < count; ++n) {
    const bool label = n % 2 == 1;
    do rng.shuffle(std::span(tokens));
    while (has_pair() != label);
    std::ranges::copy(tokens, x.data() + n * time);
    y[n] = label;
  }
  return {x, y};
}

double order_accuracy_of(Layers layers) {
  skip_in_double();
  return accuracy_after({.epochs = 3, .learning_rate = 0.01}, std::move(layers), token_sequences(4000, 1),
                        token_sequences(1000, 2));
}

template <class AnyOptimizer>
double first_epoch_loss(const Dataset& train) {
  Model model({Linear(784, 50), ReLU(), Linear(50, 10), Softmax()}, {.seed = 42});
  AnyOptimizer optimizer(model.parameters());
  return model.fit(train, CrossEntropy(), optimizer, {.batch_size = 64}).back().loss;
}

}  // namespace

TEST_CASE("a convolutional network like LeNet learns MNIST", "[models][mnist]") {
  CHECK(mnist_accuracy_after({.epochs = 2, .learning_rate = 0.008},
                             {Reshape({1, 28, 28}), Conv2D(1, 4, 5), ReLU(), MaxPool2D(2), Conv2D(4, 12, 5), ReLU(),
                              MaxPool2D(2), Flatten(), Linear(12 * 4 * 4, 10), Softmax()}) >= 0.985);
}

TEST_CASE("a convolutional network with BatchNorm and Dropout learns MNIST", "[models][mnist]") {
  CHECK(mnist_accuracy_after({.epochs = 2, .learning_rate = 0.01},
                             {Reshape({1, 28, 28}), Conv2D(1, 6, 5, {.bias = false}), BatchNorm(), ReLU(), MaxPool2D(2),
                              Conv2D(6, 12, 5, {.bias = false}), BatchNorm(), ReLU(), MaxPool2D(2), Flatten(),
                              Dropout(0.2), Linear(12 * 4 * 4, 10), Softmax()}) >= 0.985);
}

TEST_CASE("SimpleRNN, LSTM and GRU learn MNIST from the rows of the digits", "[models][mnist]") {
  SECTION("SimpleRNN") {
    CHECK(mnist_accuracy_after({.epochs = 3, .learning_rate = 0.003},
                               {Reshape({28, 28}), SimpleRNN(28, 64), Linear(64, 10), Softmax()}) >= 0.95);
  }
  SECTION("LSTM") {
    CHECK(mnist_accuracy_after({.epochs = 2, .learning_rate = 0.015},
                               {Reshape({28, 28}), LSTM(28, 32), Linear(32, 10), Softmax()}) >= 0.97);
  }
  SECTION("GRU") {
    CHECK(mnist_accuracy_after({.epochs = 2, .learning_rate = 0.01},
                               {Reshape({28, 28}), GRU(28, 32), Linear(32, 10), Softmax()}) >= 0.97);
  }
}

TEST_CASE("a transformer learns MNIST from patches of four rows", "[models][mnist]") {
  CHECK(mnist_accuracy_after({.epochs = 2, .learning_rate = 0.01},
                             {Reshape({7, 4 * 28}), Linear(4 * 28, 32), PositionalEmbedding(),
                              Residual({LayerNorm(), MultiHeadAttention(4)}),
                              Residual({LayerNorm(), Linear(32, 64), GELU(), Linear(64, 32)}), GlobalAvgPool1D(),
                              Linear(32, 10), Softmax()}) >= 0.95);
}

TEST_CASE("Conv1D on embedded tokens learns what depends on their order", "[models]") {
  const auto accuracy_with_windows_of = [](Index size) {
    return order_accuracy_of(
        {Embedding(token_kinds, 8), Conv1D(8, 32, size), ReLU(), GlobalAvgPool1D(), Linear(32, 2), Softmax()});
  };
  CHECK(accuracy_with_windows_of(2) >= 0.95);
  CHECK(accuracy_with_windows_of(1) < 0.55);  // a bag of tokens
}

TEST_CASE("an LSTM on embedded tokens learns what depends on their order", "[models]") {
  CHECK(order_accuracy_of({Embedding(token_kinds, 8), LSTM(8, 32), Linear(32, 2), Softmax()}) >= 0.95);
}

TEST_CASE("Momentum, RMSprop and Adam, as they are by default, learn faster than SGD", "[models][mnist]") {
  skip_in_double();
  const auto [train, test] = load_mnist();
  const double sgd_loss = first_epoch_loss<SGD>(train);
  CHECK(first_epoch_loss<Momentum>(train) < sgd_loss);
  CHECK(first_epoch_loss<RMSprop>(train) < sgd_loss);
  CHECK(first_epoch_loss<Adam>(train) < sgd_loss);
}
