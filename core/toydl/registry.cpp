#include <toydl/registry.h>
#include <toydl/toydl.h>

#include <algorithm>

namespace toydl {

template <>
const std::vector<Descriptor<Layer>>& registry() {
  static const std::vector<Descriptor<Layer>> all{
      Linear::descriptor(),
      ReLU::descriptor(),
      LeakyReLU::descriptor(),
      Sigmoid::descriptor(),
      Tanh::descriptor(),
      GELU::descriptor(),
      Softmax::descriptor(),
      Flatten::descriptor(),
      Reshape::descriptor(),
      Dropout::descriptor(),
      BatchNorm::descriptor(),
      LayerNorm::descriptor(),
      Conv1D::descriptor(),
      Conv2D::descriptor(),
      MaxPool2D::descriptor(),
      AvgPool2D::descriptor(),
      GlobalAvgPool1D::descriptor(),
      GlobalAvgPool2D::descriptor(),
      Embedding::descriptor(),
      PositionalEmbedding::descriptor(),
      SimpleRNN::descriptor(),
      LSTM::descriptor(),
      GRU::descriptor(),
      Attention::descriptor(),
      MultiHeadAttention::descriptor(),
      Sequential::descriptor(),
      Residual::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Loss>>& registry() {
  static const std::vector<Descriptor<Loss>> all{
      CrossEntropy::descriptor(),
      SoftmaxCrossEntropy::descriptor(),
      BinaryCrossEntropy::descriptor(),
      MSE::descriptor(),
      MAE::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Optimizer>>& registry() {
  static const std::vector<Descriptor<Optimizer>> all{
      SGD::descriptor(),     Momentum::descriptor(), RMSprop::descriptor(),
      Adagrad::descriptor(), Adam::descriptor(),     AdamW::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Schedule>>& registry() {
  static const std::vector<Descriptor<Schedule>> all{
      ConstantSchedule::descriptor(),
      StepSchedule::descriptor(),
      CosineSchedule::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Initializer>>& registry() {
  static const std::vector<Descriptor<Initializer>> all{
      Zeros::descriptor(),    Ones::descriptor(),          Constant::descriptor(),     Normal::descriptor(),
      Uniform::descriptor(),  XavierUniform::descriptor(), XavierNormal::descriptor(), HeUniform::descriptor(),
      HeNormal::descriptor(), Orthogonal::descriptor(),
  };
  return all;
}

template <>
const std::vector<Descriptor<Metric>>& registry() {
  static const std::vector<Descriptor<Metric>> all{
      Accuracy::descriptor(),  TopK::descriptor(),      BinaryAccuracy::descriptor(),
      MSEMetric::descriptor(), MAEMetric::descriptor(), ConfusionMatrix::descriptor(),
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
constexpr std::string_view kind<Schedule> = "schedule";
template <>
constexpr std::string_view kind<Metric> = "metric";

Json to_json(const Option& info) {
  Json json{{"name", info.name}, {"kind", info.type->kind}, {"doc", info.doc}, {"required", info.required}};
  if (info.range.min > Range().min) json["min"] = info.range.min;
  if (info.range.max < Range().max) json["max"] = info.range.max;
  if (!info.choices.empty()) json["choices"] = info.choices;
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

template <class Base>
const Descriptor<Base>* descriptor_of(const Base& object) {
  const auto& all = registry<Base>();
  const auto found = std::ranges::find_if(all, [&](const auto& descriptor) { return descriptor.describes(object); });
  return found == all.end() ? nullptr : &*found;
}

template <class Base>
std::shared_ptr<Base> Given<Base>::object(const Json& position) {
  const auto count = current == nullptr ? 0 : current->objects_.size();
  if (!position.is_number_unsigned() || position.get<size_t>() >= count) {
    throw Error(ErrorCode::option,
                concat("there is no ", kind<Base>, " ", position.dump(), " among the ", count, " given"));
  }
  return current->objects_[position.get<size_t>()];
}

template <class Base, class... Arguments>
std::shared_ptr<Base> make(const Json& config, Arguments... arguments) {
  if (config.is_string()) {
    return described<Base>(config.get<std::string>()).create(Json::object(), std::move(arguments)...);
  }
  if constexpr (std::is_same_v<Base, Layer> || std::is_same_v<Base, Initializer>) {
    if (config.is_object() && config.contains("object")) return Given<Base>::object(config["object"]);
  }
  if (!config.is_object() || !config.contains("type") || !config["type"].is_string()) {
    throw Error(ErrorCode::option, concat(std::string("aeiou").find(kind<Base>[0]) == std::string::npos ? "a " : "an ",
                                          kind<Base>, " is given by its name, or by an object with its \"type\" and ",
                                          "options, not by ", config.dump()));
  }
  Json options = config;
  options.erase("type");
  return described<Base>(config["type"].get<std::string>()).create(options, std::move(arguments)...);
}

template <class Base>
Json config_of(const Base& object) {
  const Descriptor<Base>* const descriptor = descriptor_of(object);
  if (descriptor == nullptr) {
    throw Error(ErrorCode::option, concat("the ", kind<Base>, " ", object.type(),
                                          " is not in the registry, so it cannot be written as JSON"));
  }
  Json json{{"type", descriptor->name}};
  json.update(descriptor->write_options(object));
  return json;
}

template const Descriptor<Layer>& described(std::string_view);
template const Descriptor<Schedule>& described(std::string_view);
template const Descriptor<Loss>& described(std::string_view);
template const Descriptor<Optimizer>& described(std::string_view);
template const Descriptor<Initializer>& described(std::string_view);
template const Descriptor<Metric>& described(std::string_view);

template const Descriptor<Layer>* descriptor_of(const Layer&);
template const Descriptor<Schedule>* descriptor_of(const Schedule&);
template const Descriptor<Loss>* descriptor_of(const Loss&);
template const Descriptor<Optimizer>* descriptor_of(const Optimizer&);
template const Descriptor<Metric>* descriptor_of(const Metric&);
template const Descriptor<Initializer>* descriptor_of(const Initializer&);

template class Given<Layer>;
template class Given<Initializer>;

template std::shared_ptr<Layer> make(const Json&);
template std::shared_ptr<Schedule> make(const Json&);
template std::shared_ptr<Loss> make(const Json&);
template std::shared_ptr<Optimizer> make(const Json&, Parameters);
template std::shared_ptr<Initializer> make(const Json&);
template std::shared_ptr<Metric> make(const Json&);

template Json config_of(const Layer&);
template Json config_of(const Schedule&);
template Json config_of(const Loss&);
template Json config_of(const Optimizer&);
template Json config_of(const Initializer&);
template Json config_of(const Metric&);

Json catalogue() {
  return {{"layers", to_json(registry<Layer>())},
          {"losses", to_json(registry<Loss>())},
          {"optimizers", to_json(registry<Optimizer>())},
          {"schedules", to_json(registry<Schedule>())},
          {"initializers", to_json(registry<Initializer>())},
          {"metrics", to_json(registry<Metric>())}};
}

}  // namespace toydl
