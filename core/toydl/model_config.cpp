#include <toydl/model_config.h>
#include <toydl/registry.h>

namespace toydl {

Json config_of(const Model& model) {
  Json json{{"layers", detail::layers.write({}, &model.layers())}, {"seed", model.options().seed}};
  const auto shape = model.input_shape() ? model.input_shape() : model.options().input_shape;
  if (shape) json["input_shape"] = detail::shape.write({}, &*shape);
  return json;
}

Model model_from(const Json& config) {
  if (!config.is_object() || !config.contains("layers")) {
    throw Error(ErrorCode::option,
                concat("a model is described by an object with its \"layers\", not by ", config.dump()));
  }
  std::vector<Ref<Layer>> layers;
  ModelOptions options;
  const auto read = [&](const char* name, const ValueType& type, void* value) {
    type.read(config[name], {.name = name}, value);
  };
  read("layers", detail::layers, &layers);
  if (config.contains("seed")) {
    if (!config["seed"].is_number_unsigned()) {
      throw Error(ErrorCode::option, concat("seed must be a whole number from 0 on, it is ", config["seed"].dump()));
    }
    options.seed = config["seed"];
  }
  if (config.contains("input_shape")) read("input_shape", detail::shape, &options.input_shape.emplace());
  return Model(std::move(layers), std::move(options));
}

}  // namespace toydl
