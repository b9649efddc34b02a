#include <toydl/json.h>
#include <toydl/toydl.h>

#include <catch_amalgamated.hpp>
#include <fstream>

using namespace toydl;

TEST_CASE("100 steps on MNIST give the weights that they give on every other machine", "[determinism][mnist]") {
  if constexpr (!std::is_same_v<Scalar, float>) SKIP("the promise is made for float");
  const Json golden = Json::parse(std::ifstream(TOYDL_GOLDEN "/mnist-784-50-10.json"));
  const auto hash_after = [&](int steps) { return golden["hashes"][std::to_string(steps)].get<std::string>(); };
  const auto [train, test] = load_mnist();
  Model model({Linear(784, 50), ReLU(), Linear(50, 10), Softmax()}, {.seed = 42});
  CHECK(model.hash() == hash_after(0));
  SGD sgd(model.parameters(), {.learning_rate = 0.1});
  CrossEntropy loss;
  Trainer trainer(model, train, loss, sgd, {.batch_size = 64});
  for (int step = 1; step <= 100; ++step) {
    REQUIRE(trainer.step());
    // More than one, so that a difference is seen near where it begins.
    if (step == 1 || step == 100) CHECK(model.hash() == hash_after(step));
  }
}

TEST_CASE("the README's example gives what it promises", "[determinism][mnist][long]") {
  if constexpr (!std::is_same_v<Scalar, float>) SKIP("the promise is made for float");
  const auto [train, test] = load_mnist();
  Model model({Linear(784, 50), ReLU(), Linear(50, 10), Softmax()}, {.seed = 42});
  SGD sgd(model.parameters(), {.learning_rate = 0.1});
  model.fit(train, CrossEntropy(), sgd, {.epochs = 10, .batch_size = 64});
  CHECK(model.evaluate(test, Accuracy()) == Catch::Approx(0.9712));
  CHECK(model.hash() == "c39f16909d54f0b4");

  CrossEntropy loss;
  for (const auto& [x, y] : train.batches(64)) {
    const Tensor& prediction = model.forward(x);
    loss.forward(prediction, y);
    model.backward(loss.backward());
    sgd.step();
  }
  CHECK(model.evaluate(test, Accuracy()) > 0.965);
}
