#include <toydl/descriptor.h>
#include <toydl/registry.h>

#include <cmath>

namespace toydl {
namespace detail {
namespace {

[[noreturn]] void wrong(const Option& option, const std::string& wanted, const Json& json) {
  throw Error(ErrorCode::option, concat(option.name, " must be ", wanted, ", it is ", json.dump()));
}

std::string wanted_number(const Range& range, std::string_view kind) {
  const bool low = range.min > Range().min, high = range.max < Range().max;
  if (low && high) return concat(kind, " from ", range.min, " to ", range.max);
  if (low) return concat(kind, " of at least ", range.min);
  if (high) return concat(kind, " of at most ", range.max);
  return std::string(kind);
}

bool inside(double value, const Range& range) { return value >= range.min && value <= range.max; }

void read(const Json& json, const Option& option, Index& value) {
  const double number = json.is_number() ? json.get<double>() : std::nan("");
  if (number != std::floor(number) || !inside(number, option.range) || std::abs(number) > 0x1p31) {
    wrong(option, wanted_number(option.range, "a whole number"), json);
  }
  value = static_cast<Index>(number);
}

void read(const Json& json, const Option& option, double& value) {
  const double number = json.is_number() ? json.get<double>() : std::nan("");
  if (!std::isfinite(number) || !inside(number, option.range))
    wrong(option, wanted_number(option.range, "a number"), json);
  // It is computed with as a float.
  const double size = std::abs(number);
  if (size > std::numeric_limits<float>::max() || (size > 0 && size < std::numeric_limits<float>::min()))
    wrong(option, "a number that a float can hold, 0 or of a size from 1.2e-38 to 3.4e38", json);
  value = number;
}

void read(const Json& json, const Option& option, bool& value) {
  if (!json.is_boolean()) wrong(option, "true or false", json);
  value = json.get<bool>();
}

/// An enumeration's value as the position of its name.
void read(const Json& json, const Option& option, int& value) {
  std::string known;
  for (size_t i = 0; i < option.choices.size(); ++i) {
    if (json.is_string() && json.get<std::string>() == option.choices[i]) {
      value = static_cast<int>(i);
      return;
    }
    known += concat(i == 0 ? "\"" : i + 1 == option.choices.size() ? " or \"" : ", \"", option.choices[i], "\"");
  }
  wrong(option, known, json);
}

void read(const Json& json, const Option& option, Shape& value) {
  if (!json.is_array()) wrong(option, "an array of dimensions, such as [1, 28, 28]", json);
  const Option dimension{.name = "a dimension of " + option.name, .range = {.min = 1}};
  std::vector<Index> sizes;
  for (const Json& size : json) read(size, dimension, sizes.emplace_back());
  value = Shape(sizes);
}

void read(const Json& json, const Option& option, Layers& value) {
  if (!json.is_array()) wrong(option, "an array of layers", json);
  value.clear();
  for (const Json& layer : json) value.push_back(toydl::make<Layer>(layer));
}

template <class Base>
void read(const Json& json, const Option&, Ref<const Base>& value) {
  value = std::shared_ptr<const Base>(toydl::make<Base>(json));
}

template <class T>
Json write(const Option&, const T& value) {
  return value;
}

Json write(const Option& option, int value) { return option.choices.at(static_cast<size_t>(value)); }

Json write(const Option&, const Shape& value) {
  Json json = Json::array();
  for (int i = 0; i < value.rank(); ++i) json.push_back(value[i]);
  return json;
}

Json write(const Option&, const Layers& value) {
  Json json = Json::array();
  for (const auto& layer : value) json.push_back(config_of(*layer));
  return json;
}

template <class Base>
Json write(const Option&, const Ref<const Base>& value) {
  // A user's own, in C++, need not be registered.
  return descriptor_of(*value) ? config_of(*value) : Json(value->type());
}

template <class T>
constexpr ValueType value_type(std::string_view kind) {
  return {kind,
          [](const Json& json, const Option& option, void* value) { read(json, option, *static_cast<T*>(value)); },
          [](const Option& option, const void* value) { return write(option, *static_cast<const T*>(value)); }};
}

/// Runs `work`, and puts the owner's name before the message of an error.
template <class Work>
void name_owner(const std::string& owner, const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    throw Error(error.code(), concat(owner, ": ", error.what()));
  }
}

/// @throws Error(option) if `json` is no object, or has a member that is no option.
void require_known(const std::string& owner, const Json& json, const std::vector<Option>& options) {
  if (!json.is_object()) {
    throw Error(ErrorCode::option, concat(owner, ": options must be an object, not ", json.dump()));
  }
  for (const auto& member : json.items()) {
    std::string known;
    for (const auto& option : options) {
      if (option.name == member.key()) known = option.name;
    }
    if (!known.empty()) continue;
    for (const auto& option : options) known += (known.empty() ? "" : ", ") + option.name;
    throw Error(ErrorCode::option, concat(owner, " has no option '", member.key(), "'; it has ",
                                          known.empty() ? std::string("none") : known));
  }
}

/// Options that are objects have checked themselves.
bool is_object(const Option& option) {
  return option.type == &layers || option.type == &initializer || option.type == &schedule;
}

template <class Base>
void check(const Base& object) {
  const auto* const descriptor = descriptor_of(object);
  if (descriptor == nullptr) return;
  const Json written = descriptor->write_options(object);
  for (const Option& option : descriptor->options) {
    if (is_object(option)) continue;
    union {
      Index integer;
      double number;
    } simple;
    Shape sizes;
    void* const unused = option.type == &shape ? static_cast<void*>(&sizes) : &simple;
    name_owner(descriptor->name, [&] { option.type->read(written[option.name], option, unused); });
  }
}

}  // namespace

constinit const ValueType integer = value_type<Index>("integer");
constinit const ValueType number = value_type<double>("number");
constinit const ValueType boolean = value_type<bool>("boolean");
constinit const ValueType choice = value_type<int>("choice");
constinit const ValueType shape = value_type<Shape>("shape");
constinit const ValueType layers = value_type<Layers>("layers");
constinit const ValueType initializer = value_type<Ref<const Initializer>>("initializer");
constinit const ValueType schedule = value_type<Ref<const Schedule>>("schedule");

Option make_option(const char* name, const char* doc, Range range, const ValueType* type, const void* options,
                   const void* member, std::span<const char* const> choices) {
  Option option{.name = name,
                .doc = doc,
                .type = type,
                .offset = static_cast<size_t>(static_cast<const char*>(member) - static_cast<const char*>(options)),
                .range = range,
                .choices = {choices.begin(), choices.end()}};
  option.default_value = type->write(option, member);
  return option;
}

void read_options(const std::string& owner, const std::vector<Option>& options, const Json& json, void* result) {
  require_known(owner, json, options);
  for (const auto& option : options) {
    const auto found = json.find(option.name);
    if (found != json.end()) {
      name_owner(owner, [&] { option.type->read(*found, option, static_cast<char*>(result) + option.offset); });
    } else if (option.required) {
      throw Error(ErrorCode::option, concat(owner, " needs the option '", option.name, "': ", option.doc));
    }
  }
}

Json write_options(const std::vector<Option>& options, const void* values) {
  Json json = Json::object();
  for (const auto& option : options) {
    json[option.name] = option.type->write(option, static_cast<const char*>(values) + option.offset);
  }
  return json;
}

}  // namespace detail

void check_options(const Layer& layer) { detail::check(layer); }
void check_options(const Optimizer& optimizer) { detail::check(optimizer); }
void check_options(const Schedule& schedule) { detail::check(schedule); }
void check_options(const Initializer& initializer) { detail::check(initializer); }
void check_options(const Loss& loss) { detail::check(loss); }
void check_options(const Metric& metric) { detail::check(metric); }

}  // namespace toydl
