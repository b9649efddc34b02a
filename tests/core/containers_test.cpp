#include "clusters.h"
#include "throws.h"

#include <toydl/registry.h>
#include <toydl/toydl.h>

using namespace toydl;

TEST_CASE("Sequential is its layers, and a model of it has the weights of a model of them", "[containers]") {
  const Dataset data = clusters(40);
  Model flat({Linear(4, 5), Tanh(), Linear(5, 3)}, {.seed = 2});
  Model nested({Sequential({Linear(4, 5), Sequential({Tanh()})}), Linear(5, 3)}, {.seed = 2});
  for (Model* model : {&flat, &nested}) {
    Adam adam(model->parameters());
    model->fit(data, SoftmaxCrossEntropy(), adam, {.epochs = 2, .batch_size = 7});
  }
  CHECK(nested.hash() == flat.hash());
}

TEST_CASE("Residual adds, and wants what it can add to", "[containers]") {
  Model model({Residual({Linear(3, 3, {.weight_initializer = Zeros(), .bias_initializer = Ones()})})});
  const Tensor y = model.predict(Tensor({1, 3}, {1, 2, 3}));
  CHECK(y[0] == 2);
  CHECK(y[2] == 4);
  CHECK_FAILS(
      Model({Linear(4, 3), Residual({Linear(3, 4)})}), shape,
      "layer 2 of 2, Residual(Linear(3, 4)), after Linear(4, 3), adds the output of its layers to their input, so "
      "both must have one shape, but they make [4] of [3]");
  CHECK_FAILS(Model({Linear(4, 3), Residual({ReLU(), Linear(4, 4)})}), shape,
              "layer 2 of 2, Linear(4, 4), after ReLU(), takes samples of shape [4], but gets [3]");
  CHECK_FAILS(Sequential(std::vector<Ref<Layer>>{}), option, "Sequential needs at least one layer");
}

TEST_CASE("a layer in two places is refused, also when one is inside a container", "[containers]") {
  const auto linear = std::make_shared<Linear>(3, 3);
  CHECK_FAILS(Model({linear, Residual({linear})}), state, "already belongs to a model");
  CHECK_NOTHROW(Model({linear}));
  // One without parameters too: it keeps what its backward needs.
  const auto pool = std::make_shared<MaxPool2D>(2);
  {
    const Model model({Sequential({pool})}, {.input_shape = Shape{1, 4, 4}});
    CHECK_FAILS(Model({pool}, {.input_shape = Shape{1, 8, 8}}), state, "already belongs to a model");
    CHECK_FAILS(gradient_check(*pool, {1, 8, 8}), state, "already belongs to a model");
  }
  CHECK_THROWS(Model({pool, Linear(3, 3)}, {.input_shape = Shape{1, 8, 8}}));
  CHECK_NOTHROW(Model({pool}, {.input_shape = Shape{1, 8, 8}}));
  const auto dropout = std::make_shared<Dropout>(0.5);
  CHECK_FAILS(Model({dropout, dropout}, {.input_shape = Shape{3}}), state, "is in this model twice");
}

TEST_CASE("a model's summary and config say what it is made of", "[model]") {
  Model model({Reshape({1, 6, 4}), Conv2D(1, 2, 3, {.padding = Padding::same}), BatchNorm(), ReLU(), MaxPool2D(2),
               Flatten(), Residual({Linear(12, 12)}), Dropout(0.25), Linear(12, 3)},
              {.seed = 7});
  const ModelSummary summary = model.summary();
  CHECK(summary.input == Shape{24});
  REQUIRE(summary.layers.size() == 9);
  CHECK(summary.layers[1].layer == "Conv2D(1, 2, 3, padding \"same\")");
  CHECK(summary.layers[1].output == Shape{2, 6, 4});
  CHECK(summary.layers[1].parameters == 20);
  CHECK(summary.layers[6].layer == "Residual(Linear(12, 12))");
  CHECK(summary.parameters == 20 + 4 + 156 + 39);
  const std::string table(summary);
  CHECK(table.starts_with(
      "layer                            output     parameters\ninput                            [24]\n"));
  CHECK(table.find("\nReshape([1, 6, 4])               [1, 6, 4]           0\n") != std::string::npos);
  CHECK_FAILS(Model({ReLU()}).summary(), state, "does not know the shape of a sample");

  const Json config = config_of(model);
  CHECK(config["seed"] == 7);
  CHECK(config["input_shape"] == Json{24});
  const Model again = model_from(Json::parse(config.dump()));
  CHECK(again.hash() == model.hash());
  CHECK(config_of(again) == config);
  CHECK_FAILS(model_from(Json::array()), option, "an object with its \"layers\"");
  CHECK_FAILS(model_from({{"layers", 3}}), option, "layers must be an array of layers, it is 3");
  CHECK_FAILS(model_from({{"layers", {"ReLU"}}, {"seed", -1}}), option,
              "seed must be a whole number from 0 on, it is -1");
}
