#include <toydl/registry.h>
#include <toydl/toydl.h>

namespace toydl {

template <>
const std::vector<Descriptor<Layer>>& registry() {
  static const std::vector<Descriptor<Layer>> all{
      Linear::descriptor(),
      ReLU::descriptor(),
      LeakyReLU::descriptor(),
      Softmax::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Loss>>& registry() {
  static const std::vector<Descriptor<Loss>> all{
      CrossEntropy::descriptor(),
      SoftmaxCrossEntropy::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Optimizer>>& registry() {
  static const std::vector<Descriptor<Optimizer>> all{
      SGD::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Initializer>>& registry() {
  static const std::vector<Descriptor<Initializer>> all{
      Zeros::descriptor(),
      Normal::descriptor(),
      HeNormal::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Metric>>& registry() {
  static const std::vector<Descriptor<Metric>> all{
      Accuracy::descriptor(),
  };
  return all;
}

namespace {

template <class Base>
constexpr std::string_view kind = "";
template <>
constexpr std::string_view kind<Layer> = "layer";
template <>
constexpr std::string_view kind<Loss> = "loss";
template <>
constexpr std::string_view kind<Optimizer> = "optimizer";
template <>
constexpr std::string_view kind<Initializer> = "initializer";
template <>
constexpr std::string_view kind<Metric> = "metric";

Json to_json(const OptionInfo& info) {
  Json json{{"name", info.name}, {"kind", info.kind}, {"doc", info.doc}, {"required", info.required}};
  if (info.range.min > Range().min) json["min"] = info.range.min;
  if (info.range.max < Range().max) json["max"] = info.range.max;
  if (!info.required) json["default"] = info.default_value;
  return json;
}

template <class Base>
Json to_json(const std::vector<Descriptor<Base>>& descriptors) {
  Json json = Json::array();
  for (const auto& descriptor : descriptors) {
    Json options = Json::array();
    for (const auto& option : descriptor.options) options.push_back(to_json(option));
    json.push_back({{"name", descriptor.name}, {"doc", descriptor.doc}, {"options", options}});
  }
  return json;
}

}  // namespace

template <class Base>
const Descriptor<Base>& described(std::string_view name) {
  std::string known;
  for (const auto& descriptor : registry<Base>()) {
    if (descriptor.name == name) return descriptor;
    known += (known.empty() ? "" : ", ") + descriptor.name;
  }
  throw Error(ErrorCode::option, concat("there is no ", kind<Base>, " '", name, "'; there are ", known));
}

template <class Base, class... Arguments>
std::shared_ptr<Base> make(const Json& config, Arguments... arguments) {
  if (config.is_string()) {
    return described<Base>(config.get<std::string>()).create(Json::object(), std::move(arguments)...);
  }
  if (!config.is_object() || !config.contains("type") || !config["type"].is_string()) {
    throw Error(ErrorCode::option,
                concat("a ", kind<Base>, " is given by its name, or by an object with its \"type\" and ",
                       "options, not by ", config.dump()));
  }
  Json options = config;
  options.erase("type");
  return described<Base>(config["type"].get<std::string>()).create(options, std::move(arguments)...);
}

template <class Base>
Json config_of(const Base& object) {
  Json json{{"type", object.type()}};
  json.update(described<Base>(object.type()).write_options(object));
  return json;
}

template const Descriptor<Layer>& described(std::string_view);
template const Descriptor<Loss>& described(std::string_view);
template const Descriptor<Optimizer>& described(std::string_view);
template const Descriptor<Initializer>& described(std::string_view);
template const Descriptor<Metric>& described(std::string_view);

template std::shared_ptr<Layer> make(const Json&);
template std::shared_ptr<Loss> make(const Json&);
template std::shared_ptr<Optimizer> make(const Json&, Parameters);
template std::shared_ptr<Initializer> make(const Json&);
template std::shared_ptr<Metric> make(const Json&);

template Json config_of(const Layer&);
template Json config_of(const Loss&);
template Json config_of(const Optimizer&);
template Json config_of(const Initializer&);
template Json config_of(const Metric&);

Json catalogue() {
  return {{"layers", to_json(registry<Layer>())},
          {"losses", to_json(registry<Loss>())},
          {"optimizers", to_json(registry<Optimizer>())},
          {"initializers", to_json(registry<Initializer>())},
          {"metrics", to_json(registry<Metric>())}};
}

}  // namespace toydl
