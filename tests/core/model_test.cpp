#include "clusters.h"
#include "throws.h"

#include <toydl/toydl.h>

#include <limits>

using namespace toydl;

namespace {

std::vector<Ref<Layer>> layers() { return {Linear(4, 8), ReLU(), Linear(8, 3), Softmax()}; }

}  // namespace

TEST_CASE("fit learns, and evaluate says so", "[model]") {
  const Dataset data = clusters(300);
  Model model(layers(), {.seed = 1});
  SGD sgd(model.parameters(), {.learning_rate = 0.1});
  std::vector<Index> epochs;
  Index batches = 0;
  const auto history = model.fit(data, CrossEntropy(), sgd,
                                 {.epochs = 5,
                                  .batch_size = 16,
                                  .metric = std::make_shared<Accuracy>(),
                                  .on_batch = [&](const TrainingReport&) { ++batches; },
                                  .on_epoch = [&](const TrainingReport& report) { epochs.push_back(report.epoch); }});
  CHECK(model.evaluate(data, Accuracy()) > 0.98);
  CHECK(epochs == std::vector<Index>{1, 2, 3, 4, 5});
  CHECK(batches == 5 * 19);
  CHECK(history.size() == 5);
  CHECK(history.back().step == 5 * 19);
  CHECK(history.back().loss < history.front().loss);
  CHECK(history.back().metric > 0.95);
}

TEST_CASE("the loop written by hand learns too", "[model]") {
  const Dataset train = clusters(300);
  Model model(layers(), {.seed = 1});
  SGD sgd(model.parameters(), {.learning_rate = 0.1});
  CrossEntropy loss;
  for (int epoch = 0; epoch < 5; ++epoch) {
    for (const auto& [x, y] : train.batches(16)) {
      const Tensor& prediction = model.forward(x);
      loss.forward(prediction, y);
      model.backward(loss.backward());
      sgd.step();
    }
  }
  CHECK(model.evaluate(train, Accuracy()) > 0.98);
}

TEST_CASE("equal seeds give equal weights, others do not", "[model]") {
  CHECK(Model(layers(), {.seed = 1}).hash() == Model(layers(), {.seed = 1}).hash());
  CHECK(Model(layers(), {.seed = 1}).hash() != Model(layers(), {.seed = 2}).hash());
  CHECK(Model(layers(), {.seed = 1}).hash().size() == 16);
  // Machines differ in the bits of NaN; the hash does not.
  const auto hash_with = [](float number) {
    Model model({Linear(2, 1)});
    model.parameters()[0]->value[1] = number;
    return model.hash();
  };
  const std::string hash = hash_with(std::numeric_limits<float>::quiet_NaN());
  for (const uint32_t bits : {0x7fc00001u, 0xffc00000u, 0x7fffffffu})
    CHECK(hash_with(std::bit_cast<float>(bits)) == hash);
  CHECK(hash_with(std::numeric_limits<float>::infinity()) != hash);
}

TEST_CASE("layers that do not fit are named, with what to add", "[model]") {
  CHECK_FAILS(
      Model({Linear(784, 50), ReLU(), Linear(60, 10)}), shape,
      "layer 3 of 3, Linear(60, 10), after ReLU(), takes samples of shape [60], but gets [50]. Make it Linear(50, 10), "
      "or add Linear(50, 60) before it.");
  CHECK_FAILS(Model({Linear(784, 10)}, {.input_shape = Shape{1, 28, 28}}), shape,
              "layer 1 of 1, Linear(784, 10) takes samples of shape [784], but gets [1, 28, 28]. Flatten");
  CHECK_FAILS(Model({}), option, "at least one layer");
}

TEST_CASE("layers of a model that failed can be used in another, those of one that did not cannot", "[model]") {
  const auto first = std::make_shared<Linear>(4, 5);
  CHECK_THROWS(Model({first, Linear(6, 2)}));
  const Model good({first, Linear(5, 2)});
  CHECK_FAILS(Model({first, Linear(5, 2)}), state, "layer 1 of 2, Linear(4, 5) already belongs to a model");
}

TEST_CASE("a model that starts without a known shape is built by its first batch", "[model]") {
  Model model({ReLU(), Linear(4, 2)});
  CHECK_FAILS(model.parameters(), state, "input_shape");
  model.predict(Tensor({3, 4}));
  CHECK(model.parameters().size() == 2);
  CHECK(Model({ReLU(), Linear(4, 2)}, {.input_shape = Shape{4}}).parameters().size() == 2);
}

TEST_CASE("input that does not fit or is not finite is refused, and the model goes on", "[model]") {
  Model model(layers());
  Tensor x = random_tensor({2, 4}, 1);
  const Tensor before = model.predict(x);
  CHECK_FAILS(model.predict(Tensor({2, 5})), shape, "takes samples of shape [4], these are [5]");
  CHECK_FAILS(model.predict(Tensor({4})), shape, "A batch has the number of samples in front: [64, 4]");
  CHECK_FAILS(model.predict(Tensor(Shape())), shape, "no dimensions");
  Tensor bad = random_tensor({2, 4}, 1);
  bad[5] = std::numeric_limits<Scalar>::quiet_NaN();
  CHECK_FAILS(model.forward(bad), not_finite, "x holds nan in sample 1, value 1");
  CHECK(same_bits(model.predict(x), before));
}

TEST_CASE("backward needs its own forward pass, and a gradient like the output", "[model]") {
  Model model(layers());
  const Tensor x = random_tensor({2, 4}, 1);
  CHECK_FAILS(model.backward(Tensor({2, 3})), state, "forward pass just before it");
  model.forward(x);
  CHECK_FAILS(model.backward(Tensor({2, 4})), shape, "dy is [2, 4], but the output of the last forward pass is [2, 3]");
  model.predict(x);
  CHECK_FAILS(model.backward(Tensor({2, 3})), state, "forward pass just before it");
  model.forward(x);
  model.evaluate(clusters(6), Accuracy());
  CHECK_FAILS(model.backward(Tensor({2, 3})), state, "forward pass just before it");
}

TEST_CASE("gradients add up until a step, which leaves them to be seen", "[model]") {
  Model model({Linear(4, 3)});
  SGD sgd(model.parameters());
  const Tensor x = random_tensor({2, 4}, 1), dy = random_tensor({2, 3}, 2);
  const Tensor& grad = model.parameters()[1]->grad;
  const auto pass = [&] {
    model.forward(x);
    model.backward(dy);
    return grad[0];
  };
  const Scalar once = pass();
  CHECK(pass() == Catch::Approx(2 * once));
  sgd.step();
  CHECK(grad[0] == Catch::Approx(2 * once));
  CHECK(pass() == Catch::Approx(once));
  sgd.zero_grad();
  CHECK(grad[0] == 0);
}

TEST_CASE("an optimizer wants a positive learning rate, which may change", "[optimizers]") {
  Model model({Linear(1, 1, {.weight_initializer = Normal({.mean = 3, .std = 0})})});
  SGD sgd(model.parameters(), {.learning_rate = 0.5});
  Parameter& weight = *model.parameters()[0];
  weight.grad[0] = 2;
  sgd.step();
  CHECK(weight.value[0] == 2);
  sgd.set_learning_rate(0.25);
  sgd.step();
  CHECK(weight.value[0] == 1.5);
  CHECK_FAILS(sgd.set_learning_rate(0), option,
              "learning_rate must be a positive number, at least 1.2e-38, the smallest float, and at most 1000000");
  CHECK_FAILS(sgd.set_learning_rate(std::nan("")), option, "it is nan");
  CHECK_FAILS(SGD(model.parameters(), {.learning_rate = -1}), option, "it is -1");
  CHECK(sgd.learning_rate() == 0.25);
}

TEST_CASE("a failed forward pass leaves no batch for backward", "[model]") {
  Model model(layers());
  const Tensor x = random_tensor({2, 4}, 1), wrong({2, 5});
  model.forward(x);
  CHECK_THROWS(model.forward(wrong));
  CHECK_FAILS(model.backward(Tensor({2, 3})), state, "forward pass just before it");
}

TEST_CASE("a layer cannot be in a model twice, and a refusal spoils no other layer", "[model]") {
  const auto used = std::make_shared<Linear>(3, 3), fresh = std::make_shared<Linear>(4, 3);
  const Model first({used});
  CHECK_FAILS(Model({fresh, used}), state,
              "layer 2 of 2, Linear(3, 3), after Linear(4, 3), already belongs to a model");
  CHECK_NOTHROW(Model({fresh}));
  const auto twice = std::make_shared<Linear>(3, 3);
  CHECK_FAILS(Model({twice, twice}), state, "is in this model twice");
}

TEST_CASE("a user's own initializer serves a layer", "[model]") {
  class Sevens : public Initializer {
   public:
    std::string_view type() const override { return "Sevens"; }
    void fill(Tensor& tensor, Fans, Rng&) const override { tensor.fill(7); }
  };
  const Model model({Linear(2, 2, {.weight_initializer = Sevens()})});
  CHECK(model.parameters()[0]->value[3] == 7);
}

TEST_CASE("fit refuses a data set that has not arrived, and no number of epochs or samples overflows", "[model]") {
  Model model(layers());
  SGD sgd(model.parameters());
  Dataset dataset({.sample = {4}, .size = 3, .classes = 3});
  dataset.append(std::vector<uint8_t>(8), std::vector<uint8_t>{0, 1});
  CHECK_FAILS(model.fit(dataset, CrossEntropy(), sgd), state, "only 2 of 3 samples are there");
  constexpr Index most = std::numeric_limits<Index>::max();
  const Dataset data = clusters(6);
  CHECK(model.fit(data, CrossEntropy(), sgd, {.epochs = 2, .batch_size = most}).back().step == 2);
  CrossEntropy loss;
  Trainer endless(model, data, loss, sgd, {.epochs = most, .batch_size = 2});
  CHECK(!endless.done());
  CHECK(endless.step());
}

TEST_CASE("an empty batch has an empty prediction, and Softmax wants a dimension", "[model]") {
  Model model(layers());
  CHECK(model.predict(Tensor({0, 4})).shape() == Shape{0, 3});
  CHECK_FAILS(Model({Softmax()}, {.input_shape = Shape()}), shape, "needs samples with a dimension");
}

TEST_CASE("a model's own output is no input for it", "[model]") {
  Model model({Linear(4, 4)});
  const Tensor x({2, 4});
  const Tensor& y = model.forward(x);
  CHECK_FAILS(model.predict(y), state, "x is an output of this model");
}

TEST_CASE("a schedule changes the learning rate with the steps, and clipping bounds a step", "[optimizers]") {
  const auto weight = std::make_shared<Parameter>("weight");
  weight->resize({2});
  SGD sgd({weight},
          {.learning_rate = 0.5, .clip_norm = 5, .schedule = StepSchedule({.every = 2, .gamma = 0.5, .warm_up = 2})});
  std::vector<Scalar> steps;
  for (int i = 0; i < 6; ++i) {
    const Scalar before = weight->value[0];
    weight->grad[0] = 30;
    weight->grad[1] = 40;
    sgd.step();
    steps.push_back(before - weight->value[0]);
  }
  // The gradient (30, 40) is cut to (3, 4).
  const std::vector<double> expected{0.75, 1.5, 1.5, 1.5, 0.75, 0.75};
  for (size_t i = 0; i < steps.size(); ++i) CHECK(steps[i] == Catch::Approx(expected[i]));
  CHECK(weight->grad[0] == 30);
  CHECK(sgd.learning_rate() == 0.5);
  CHECK(CosineSchedule({.steps = 10, .final_factor = 0.1}).factor(0) == 1);
  CHECK(CosineSchedule({.steps = 10, .final_factor = 0.1}).factor(5) == Catch::Approx(0.55));
  CHECK(CosineSchedule({.steps = 10, .final_factor = 0.1}).factor(99) == Catch::Approx(0.1));
  CHECK_FAILS(StepSchedule({.every = 0}), option, "StepSchedule: every must be");
  CHECK_FAILS(Adam({weight}, {.beta1 = 2}), option, "Adam: beta1 must be a number from 0 to 0.999999, it is 2");
}

TEST_CASE("an optimizer wants parameters that are built", "[optimizers]") {
  const auto linear = std::make_shared<Linear>(4, 3);
  CHECK_FAILS(Momentum(linear->parameters()), state, "the parameter weight has no values yet");
  const Model model({linear});
  CHECK_NOTHROW(Momentum(linear->parameters()));
}
