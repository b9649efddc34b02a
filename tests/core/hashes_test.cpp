#include "passes.h"

#include <toydl/registry.h>
#include <toydl/sum.h>
#include <toydl/toydl.h>

#include <catch_amalgamated.hpp>
#include <fstream>
#include <type_traits>

using namespace toydl;

// Three steps of training with every layer, optimizer and loss give the same bits on every machine: their hashes are in
// tests/golden/hashes.json, from the native build, and this suite runs with g++, with clang and in Node. Whoever adds a layer adds
// the line that the failing test prints.

namespace {

/// The hash of a tensor's numbers.
std::string hash_of_values(const Tensor& tensor) {
  const auto copy = std::make_shared<Parameter>("copy");
  copy->value = Tensor(tensor.shape(), tensor.values());
  return hash_text(hash_of({copy}));
}

/// Of the output after three steps, and the weights.
std::string hash_after_training(const Descriptor<Layer>& descriptor, const Example& example) {
  Model model({descriptor.create(example.json())}, {.seed = 5, .input_shape = example.input});
  SGD sgd(model.parameters(), {.learning_rate = 0.1});
  const Tensor x = example_batch(example, 4, 1);
  const Tensor target = random_tensor(model.output_shapes().back().batch(4), 2);
  MSE loss;
  for (int step = 0; step < 3; ++step) {
    loss.forward(model.forward(x), target);
    model.backward(loss.backward());
    sgd.step();
  }
  // One after the other: a forward pass changes running statistics.
  std::string hashes = model.hash();
  hashes += " " + hash_of_values(model.forward(x));
  hashes += " " + hash_of_values(model.predict(x));
  return hashes;
}

std::string hash_after_training(const Descriptor<Optimizer>& descriptor) {
  Model model({Linear(4, 3)}, {.seed = 5});
  const auto optimizer = descriptor.create({{"clip_norm", 0.5},
                                            {"weight_decay", 0.01},
                                            {"schedule", {{"type", "CosineSchedule"}, {"steps", 9}, {"warm_up", 2}}}},
                                           model.parameters());
  const Tensor x = random_tensor({5, 4}, 1), dy = random_tensor({5, 3}, 2);
  for (int step = 0; step < 10; ++step) {
    model.forward(x);
    model.backward(dy);
    optimizer->step();
  }
  return model.hash();
}

std::string hash_of_initial_values(const Descriptor<Initializer>& descriptor) {
  Tensor tensor({7, 9});
  Rng rng(5);
  descriptor.create(Json::object())->fill(tensor, Fans::of(tensor.shape()), rng);
  return hash_of_values(tensor);
}

std::string hash_of_gradient(const Descriptor<Loss>& descriptor) {
  const auto loss = descriptor.create(Json::object());
  Tensor p = random_tensor({6, 3}, 1), target({6, 3});
  p.array() = 1 / (1 + p.array().square());
  for (Index i = 0; i < 6; ++i) p.matrix().row(i) /= sum(p.matrix().row(i));
  for (Index i = 0; i < 6; ++i) target[3 * i + i % 3] = 1;
  const Tensor value({1}, {loss->forward(p, target)});
  const std::string hash = hash_of_values(value);
  return hash + " " + hash_of_values(loss->backward());
}

}  // namespace

TEST_CASE("everything registered gives the bits that it gives on every other machine", "[determinism][registry]") {
  if constexpr (!std::is_same_v<Scalar, float>) SKIP("the promise is made for float");
  const Json golden = Json::parse(std::ifstream(TOYDL_GOLDEN "/hashes.json"));
  const auto check = [&](const std::string& name, const std::string& hash) {
    const std::string line = "\"" + name + "\": \"" + hash + "\"";
    INFO("tests/golden/hashes.json should have, if this is what the native build gives:\n" << line);
    CHECK(golden.value(name, "nothing") == hash);
  };
  for (const auto& layer : registry<Layer>()) {
    int number = 1;
    for (const auto& example : layer.examples) {
      check(layer.name + " " + std::to_string(number++), hash_after_training(layer, example));
    }
  }
  for (const auto& optimizer : registry<Optimizer>()) check(optimizer.name, hash_after_training(optimizer));
  for (const auto& loss : registry<Loss>()) check(loss.name, hash_of_gradient(loss));
  for (const auto& initializer : registry<Initializer>()) check(initializer.name, hash_of_initial_values(initializer));
}
