#include "clusters.h"
#include "passes.h"

#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <new>

// Counts every allocation of the program. Not inlined, because g++ would then think that `free` frees what `new` made.

namespace {
long allocations = 0;
}

[[gnu::noinline]] void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, size_t) noexcept { std::free(memory); }

using namespace toydl;

TEST_CASE("after the first epoch, training and evaluation allocate nothing", "[allocation]") {
  const Dataset data = clusters(50);
  Model model({Linear(4, 8), ReLU(), Linear(8, 3), Softmax()});
  SGD sgd(model.parameters());
  CrossEntropy loss;
  Trainer trainer(model, data, loss, sgd, {.epochs = 3, .batch_size = 7, .metric = std::make_shared<Accuracy>()});
  for (int i = 0; i < 8; ++i) trainer.step();
  const long before = allocations;
  for (int i = 0; i < 16; ++i) trainer.step();
  CHECK(allocations == before);
  CHECK(trainer.done());
}

TEST_CASE("from its second step on, no layer and no optimizer allocates", "[allocation][registry]") {
  for (const auto& descriptor : registry<Layer>()) {
    for (const auto& example : descriptor.examples) {
      INFO(descriptor.name << example.options);
      Model model({descriptor.create(example.json())}, {.input_shape = example.input});
      const Tensor x = example_batch(example, 4, 1), dy(Tensor(model.forward(x)));
      const auto step = [&] {
        model.forward(x);
        model.backward(dy);
      };
      step();
      const long before = allocations;
      step();
      step();
      CHECK(allocations == before);
    }
  }
  Model model({Linear(4, 8), Linear(8, 3)});
  for (const auto& descriptor : registry<Optimizer>()) {
    INFO(descriptor.name);
    const auto optimizer = descriptor.create({{"clip_norm", 1}, {"weight_decay", 0.1}}, model.parameters());
    optimizer->step();
    const long before = allocations;
    optimizer->step();
    CHECK(allocations == before);
  }
  const Tensor p({2, 3}, std::vector<Scalar>(6, Scalar(1) / 3)), numbers({2, 3}, {1, 0, 0, 0, 1, 0});
  for (const auto& descriptor : registry<Loss>()) {
    INFO(descriptor.name);
    const auto loss = descriptor.create(Json::object());
    const auto step = [&] {
      loss->forward(p, numbers);
      loss->backward();
    };
    step();
    const long before = allocations;
    step();
    CHECK(allocations == before);
  }
}
