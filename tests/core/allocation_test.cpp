#include "clusters.h"

#include <toydl/toydl.h>

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <new>

// Counts every allocation of the program.

namespace {
long allocations = 0;
}

void* operator new(size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }

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
