#include <toydl/toydl.h>

#include <algorithm>
#include <catch_amalgamated.hpp>

using namespace toydl;

// Whole models of every family, trained until they can do what they are for.

namespace {

struct Training {
  Index epochs;
  double learning_rate;
};

/// Trains a model of these layers, and returns its accuracy on samples that it has not seen.
double learn(std::vector<Ref<Layer>> layers, const Dataset& train, const Dataset& test, Training training) {
  if constexpr (!std::is_same_v<Scalar, float>) SKIP("it would take long, and shows nothing that float does not");
  constexpr Index batch_size = 32;
  const Index steps = training.epochs * (train.size() / batch_size);
  Model model(std::move(layers), {.seed = 42, .input_shape = train.sample_shape()});
  Adam adam(model.parameters(),
            {.learning_rate = training.learning_rate, .schedule = CosineSchedule({.steps = steps})});
  model.fit(train, CrossEntropy(), adam, {.epochs = training.epochs, .batch_size = batch_size});
  return model.evaluate(test, Accuracy());
}

double learn_digits(std::vector<Ref<Layer>> layers, Training training) {
  const auto [train, test] = load_mnist();
  return learn(std::move(layers), train, test, training);
}

constexpr Index tokens_count = 8;

/// Sequences of 16 tokens, labelled with whether a 0 stands directly before a 1, as it does in every second one.
/// Order is all they differ in: each has every token twice, so that a bag of tokens is the same for all and tells nothing.
Dataset token_sequences(Index count, uint64_t seed) {
  constexpr Index time = 2 * tokens_count;
  std::vector<Scalar> tokens;
  for (Index t = 0; t < time; ++t) tokens.push_back(static_cast<Scalar>(t % tokens_count));
  const auto is_pair = [](Scalar before, Scalar after) { return before == 0 && after == 1; };

  Rng rng(seed, Rng::Stream::data);
  Tensor x({count, time}), y({count});
  for (Index n = 0; n < count; ++n) {
    const bool label = n % 2 == 1;
    do rng.shuffle(std::span(tokens));
    while ((std::ranges::adjacent_find(tokens, is_pair) != tokens.end()) != label);
    y[n] = label;
    std::ranges::copy(tokens, x.data() + n * time);
  }
  return {x, y};
}

double learn_order(std::vector<Ref<Layer>> layers) {
  return learn(std::move(layers), token_sequences(4000, 1), token_sequences(1000, 2), {.epochs = 3, .learning_rate = 0.01});
}

}  // namespace

TEST_CASE("a convolutional network of LeNet's kind reads digits", "[models][mnist]") {
  CHECK(learn_digits({Reshape({1, 28, 28}),                             //
                      Conv2D(1, 4, 5), ReLU(), MaxPool2D(2),            //
                      Conv2D(4, 12, 5), ReLU(), MaxPool2D(2),           //
                      Flatten(), Linear(12 * 4 * 4, 10), Softmax()},    //
                     {.epochs = 2, .learning_rate = 0.008}) >= 0.985);
}

TEST_CASE("so does one with BatchNorm and Dropout", "[models][mnist]") {
  CHECK(learn_digits({Reshape({1, 28, 28}),                                                 //
                      Conv2D(1, 6, 5, {.bias = false}), BatchNorm(), ReLU(), MaxPool2D(2),   //
                      Conv2D(6, 12, 5, {.bias = false}), BatchNorm(), ReLU(), MaxPool2D(2),  //
                      Flatten(), Dropout(0.2), Linear(12 * 4 * 4, 10), Softmax()},           //
                     {.epochs = 2, .learning_rate = 0.01}) >= 0.985);
}

TEST_CASE("a SimpleRNN reads digits, row after row", "[models][mnist]") {
  CHECK(learn_digits({Reshape({28, 28}), SimpleRNN(28, 64), Linear(64, 10), Softmax()},
                     {.epochs = 3, .learning_rate = 0.003}) >= 0.95);
}

TEST_CASE("an LSTM reads digits, row after row", "[models][mnist]") {
  CHECK(learn_digits({Reshape({28, 28}), LSTM(28, 32), Linear(32, 10), Softmax()},
                     {.epochs = 2, .learning_rate = 0.015}) >= 0.97);
}

TEST_CASE("a GRU reads digits, row after row", "[models][mnist]") {
  CHECK(learn_digits({Reshape({28, 28}), GRU(28, 32), Linear(32, 10), Softmax()},
                     {.epochs = 2, .learning_rate = 0.01}) >= 0.97);
}

TEST_CASE("a transformer reads digits, in patches of four rows", "[models][mnist]") {
  // With a kernel of 1, a Conv1D is a Linear for each time step.
  CHECK(learn_digits({Reshape({7, 4 * 28}), Conv1D(4 * 28, 32, 1), PositionalEmbedding(),           //
                      Residual({LayerNorm(), MultiHeadAttention(4)}),                               //
                      Residual({LayerNorm(), Conv1D(32, 64, 1), GELU(), Conv1D(64, 32, 1)}),        //
                      GlobalAvgPool1D(), Linear(32, 10), Softmax()},                                //
                     {.epochs = 2, .learning_rate = 0.01}) >= 0.95);
}

TEST_CASE("a convolution over embedded tokens learns their order, which a bag of them cannot", "[models]") {
  const auto with_kernel = [](Index size) {
    return learn_order({Embedding(tokens_count, 8), Conv1D(8, 32, size), ReLU(), GlobalAvgPool1D(), Linear(32, 2), Softmax()});
  };
  CHECK(with_kernel(2) >= 0.95);
  CHECK(with_kernel(1) < 0.6);
}

TEST_CASE("an LSTM over embedded tokens learns their order", "[models]") {
  CHECK(learn_order({Embedding(tokens_count, 8), LSTM(8, 32), Linear(32, 2), Softmax()}) >= 0.95);
}

TEST_CASE("Momentum, RMSprop and Adam as they come learn faster than SGD", "[models][mnist]") {
  if constexpr (!std::is_same_v<Scalar, float>) SKIP("as above");
}
