#include "throws.h"

#include <toydl/outline.h>
#include <toydl/registry.h>
#include <toydl/toydl.h>

using namespace toydl;

namespace {

std::vector<Json> layers(const char* text) { return Json::parse(text).get<std::vector<Json>>(); }

}  // namespace

TEST_CASE("an outline follows the shapes and counts what is learned, as the model's summary does", "[outline]") {
  const auto configs = layers(R"([{"type": "Reshape", "shape": [1, 28, 28]},
                                  {"type": "Conv2D", "in_channels": 1, "out_channels": 4, "kernel_size": 5},
                                  "ReLU", {"type": "MaxPool2D", "size": 2}, "Flatten",
                                  {"type": "Linear", "in_features": 576, "out_features": 10}])");
  const Outline found = outline(configs, {784});
  CHECK_FALSE(found.problem);
  std::vector<Ref<Layer>> model_layers;
  for (const Json& config : configs) model_layers.push_back(make<Layer>(config));
  const ModelSummary summary = Model(std::move(model_layers), {.input_shape = Shape{784}}).summary();
  REQUIRE(found.layers.size() == summary.layers.size());
  for (size_t i = 0; i < summary.layers.size(); ++i) {
    CHECK(found.layers[i].layer == summary.layers[i].layer);
    CHECK(found.layers[i].output == summary.layers[i].output);
    CHECK(found.layers[i].parameters == summary.layers[i].parameters);
  }
}

TEST_CASE("an outline ends at the layer that does not fit, and finds the option that would mend it", "[outline]") {
  const Outline found = outline(layers(R"([{"type": "Linear", "in_features": 784, "out_features": 50}, "ReLU",
                                           {"type": "Linear", "in_features": 60, "out_features": 10}, "Softmax"])"),
                                {784});
  CHECK(found.layers.size() == 2);
  REQUIRE(found.problem);
  CHECK(found.problem->layer == "Linear(60, 10)");
  CHECK(found.problem->message.find("takes samples of shape [60], but gets [50]") != std::string::npos);
  CHECK(found.problem->fix == Json({{"type", "Linear"}, {"in_features", 50}, {"out_features", 10}}));

  CHECK(outline(layers(R"([{"type": "Conv2D", "in_channels": 3, "out_channels": 2, "kernel_size": 3}])"), {7, 9, 9})
            .problem->fix["in_channels"] == 7);
  CHECK(outline(layers(R"([{"type": "LSTM", "in_features": 3, "hidden_features": 2}])"), {5, 28})
            .problem->fix["in_features"] == 28);
}

TEST_CASE("an outline names what cannot be made, or be mended by one number", "[outline]") {
  const Outline unknown = outline(layers(R"([{"type": "Lineal"}])"), {4});
  REQUIRE(unknown.problem);
  CHECK(unknown.problem->message.find("there is no layer 'Lineal'") != std::string::npos);
  CHECK(unknown.problem->fix.is_null());

  const Outline bad_option = outline(layers(R"([{"type": "Dropout", "rate": 2}])"), {4});
  REQUIRE(bad_option.problem);
  CHECK(bad_option.problem->message.find("rate") != std::string::npos);

  const Outline flat = outline(layers(R"([{"type": "MaxPool2D", "size": 2}])"), {784});
  REQUIRE(flat.problem);
  CHECK(flat.problem->fix.is_null());
}
