#include <toydl/kernel.h>
#include <toydl/parallel.h>
#include <toydl/toydl.h>

#include <algorithm>
#include <cstdio>
#include <string>

// Trains a model of each layer family for 200 steps, or as many as it is told, and prints, as JSON, the hashes of every layer's
// weights after every step: where two machines differ, the first step and layer that do are found by comparing. Runs natively, in
// Node and in browsers.

using namespace toydl;

namespace {

constexpr int most_steps = 200;

struct Family {
  const char* name;
  Shape input;
  std::vector<Ref<Layer>> layers;
  std::shared_ptr<Loss> loss = std::make_shared<CrossEntropy>();
  bool whole_numbers = false;  // x are indices below 20
};

std::vector<Family> families() {
  return {
      {"dense, mostly zeros", {784}, {Linear(784, 70), ReLU(), Linear(70, 33), LeakyReLU(), Linear(33, 5), Softmax()}},
      {"activations",
       {40},
       {Linear(40, 50), Sigmoid(), Linear(50, 50), Tanh(), Linear(50, 50), GELU(), Dropout({.rate = 0.3}),
        Linear(50, 5), Softmax()}},
      {"images",
       {2, 18, 15},
       {Conv2D(2, 10, 5, {.padding = Padding::same}), BatchNorm(), ReLU(), MaxPool2D(2),
        Conv2D(10, 19, 3, {.stride = 2}), ReLU(), AvgPool2D({.size = 2, .stride = 1}), GlobalAvgPool2D(), Linear(19, 5),
        Softmax()}},
      {"sequences, convolution",
       {20, 12},
       {Conv1D(12, 24, 3, {.padding = Padding::same}), ReLU(), Conv1D(24, 17, 4, {.stride = 2}), Tanh(),
        GlobalAvgPool1D(), Linear(17, 5), Softmax()}},
      {"SimpleRNN", {12, 20}, {SimpleRNN(20, 70), Linear(70, 5), Softmax()}},
      {"LSTM", {10, 20}, {LSTM(20, 37, {.return_sequence = true}), LSTM(37, 21), Linear(21, 5), Softmax()}},
      {"GRU", {10, 20}, {GRU(20, 45), Linear(45, 5), Softmax()}},
      {"attention",
       {9},
       {Embedding(20, 32), PositionalEmbedding(), Residual({LayerNorm(), MultiHeadAttention(4, {.causal = true})}),
        Residual({LayerNorm(), Linear(32, 64), GELU(), Linear(64, 32)}), Attention(24), GlobalAvgPool1D(),
        Linear(24, 5), Softmax()},
       std::make_shared<CrossEntropy>(),
       true},
  };
}

/// Samples of five classes that can be told apart: each class has numbers of its own, and of the others most are zero.
Dataset dataset_for(const Family& family) {
  constexpr Index count = 480, classes = 5;
  Rng rng(7, Rng::Stream::data);
  Tensor x(family.input.batch(count)), y({count});
  for (Index i = 0; i < count; ++i) {
    y[i] = static_cast<Scalar>(i % classes);
    for (Index j = 0; j < x.cols(); ++j) {
      const double draw = rng.uniform();
      const bool own = j % classes == i % classes;
      Scalar& number = x[i * x.cols() + j];
      if (family.whole_numbers) {
        number = own ? static_cast<Scalar>(i % classes) : static_cast<Scalar>(static_cast<int>(draw * 20));
      } else {
        number = draw < 0.75 && !own ? Scalar(0) : static_cast<Scalar>(draw);
      }
    }
  }
  return {std::move(x), std::move(y)};
}

void trace(const Family& family, int steps) {
  Model model(family.layers, {.seed = 3, .input_shape = family.input});
  Adam adam(model.parameters(), {.learning_rate = 0.002, .clip_norm = 5});
  const Dataset data = dataset_for(family);
  Trainer trainer(model, data, *family.loss, adam, {.epochs = most_steps, .batch_size = 48});
  for (int step = 1; step <= steps; ++step) {
    trainer.step();
    std::printf("%s[", step == 1 ? "" : ",\n");
    const char* separator = "";
    for (const auto& layer : model.layers()) {
      Parameters parts = layer->parameters();
      std::ranges::move(layer->buffers(), std::back_inserter(parts));
      if (parts.empty()) continue;
      std::printf("%s[\"%s\",\"%s\"]", separator, std::string(layer->type()).c_str(),
                  hash_text(hash_of(parts)).c_str());
      separator = ",";
    }
    std::printf("]");
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc > 1 && std::string(argv[1]) == "fma") use_arithmetic(Arithmetic::fma);
    if (argc > 2) set_threads(std::stol(argv[2]));
    const int steps = argc > 3 ? std::stoi(argv[3]) : most_steps;
    std::printf("{");
    const char* separator = "";
    for (const Family& family : families()) {
      std::printf("%s\"%s\": [", separator, family.name);
      trace(family, steps);
      std::printf("]");
      separator = ",\n";
    }
    std::printf("}\n");
  } catch (const Error& error) {
    std::fprintf(stderr, "toydl_traces: %s\n", error.what());
    // So that a test can tell a machine that lacks something from one that fails.
    return error.code() == ErrorCode::unsupported ? 77 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "toydl_traces: %s\n", error.what());
    return 1;
  }
}
