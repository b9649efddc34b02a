#include <toydl/descriptor.h>
#include <toydl/registry.h>

#include <cmath>

namespace toydl::detail {
namespace {

[[noreturn]] void wrong(const OptionInfo& info, const std::string& wanted, const Json& json) {
  throw Error(ErrorCode::option, concat(info.name, " must be ", wanted, ", it is ", json.dump()));
}

std::string wanted_number(const OptionInfo& info, std::string_view kind) {
  const bool low = info.range.min > Range().min, high = info.range.max < Range().max;
  if (low && high) return concat(kind, " from ", info.range.min, " to ", info.range.max);
  if (low) return concat(kind, " of at least ", info.range.min);
  if (high) return concat(kind, " of at most ", info.range.max);
  return std::string(kind);
}

bool inside(double value, const Range& range) { return value >= range.min && value <= range.max; }

}  // namespace

std::string_view kind_of(Index) { return "integer"; }
std::string_view kind_of(double) { return "number"; }
std::string_view kind_of(bool) { return "boolean"; }
std::string_view kind_of(const Shape&) { return "shape"; }
std::string_view kind_of(const Layers&) { return "layers"; }
std::string_view kind_of(const Ref<const Initializer>&) { return "initializer"; }
std::string_view kind_of(const Ref<const Schedule>&) { return "schedule"; }

void read_value(const Json& json, const OptionInfo& info, Index& value) {
  const double number = json.is_number() ? json.get<double>() : std::nan("");
  if (number != std::floor(number) || !inside(number, info.range) || std::abs(number) > 0x1p31) {
    wrong(info, wanted_number(info, "a whole number"), json);
  }
  value = static_cast<Index>(number);
}

void read_value(const Json& json, const OptionInfo& info, double& value) {
  const double number = json.is_number() ? json.get<double>() : std::nan("");
  if (!std::isfinite(number) || !inside(number, info.range)) wrong(info, wanted_number(info, "a number"), json);
  value = number;
}

void read_value(const Json& json, const OptionInfo& info, bool& value) {
  if (!json.is_boolean()) wrong(info, "true or false", json);
  value = json.get<bool>();
}

void read_value(const Json& json, const OptionInfo& info, Shape& value) {
  if (!json.is_array()) wrong(info, "an array of dimensions, such as [1, 28, 28]", json);
  std::vector<Index> sizes;
  for (const Json& size : json) {
    read_value(size, {.name = "a dimension of " + info.name, .range = {.min = 1}}, sizes.emplace_back());
  }
  value = Shape(sizes);
}

void read_value(const Json& json, const OptionInfo& info, Layers& value) {
  if (!json.is_array()) wrong(info, "an array of layers", json);
  value.clear();
  for (const Json& layer : json) value.push_back(make<Layer>(layer));
}

void read_value(const Json& json, const OptionInfo&, Ref<const Initializer>& value) {
  value = std::shared_ptr<const Initializer>(make<Initializer>(json));
}

void read_value(const Json& json, const OptionInfo&, Ref<const Schedule>& value) {
  value = std::shared_ptr<const Schedule>(make<Schedule>(json));
}

size_t read_choice(const Json& json, const OptionInfo& info) {
  std::string known;
  for (size_t i = 0; i < info.choices.size(); ++i) {
    if (json.is_string() && json.get<std::string>() == info.choices[i]) return i;
    known += (i == 0 ? "\"" : i + 1 == info.choices.size() ? " or \"" : ", \"") + info.choices[i] + "\"";
  }
  wrong(info, known, json);
}

Json write_value(Index value) { return value; }
Json write_value(double value) { return value; }
Json write_value(bool value) { return value; }
Json write_value(const Shape& value) {
  Json json = Json::array();
  for (int i = 0; i < value.rank(); ++i) json.push_back(value[i]);
  return json;
}
Json write_value(const Layers& value) {
  Json json = Json::array();
  for (const auto& layer : value) json.push_back(config_of(*layer));
  return json;
}
Json write_value(const Ref<const Initializer>& value) {
  // A user's own, in C++, need not be registered.
  return is_registered<Initializer>(value->type()) ? config_of(*value) : Json(value->type());
}
Json write_value(const Ref<const Schedule>& value) {
  return is_registered<Schedule>(value->type()) ? config_of(*value) : Json(value->type());
}

void require_known(const std::string& owner, const Json& json, const std::vector<OptionInfo>& options) {
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

void missing(const std::string& owner, const OptionInfo& info) {
  throw Error(ErrorCode::option, concat(owner, " needs the option '", info.name, "': ", info.doc));
}

void read_for(const std::string& owner, const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    throw Error(error.code(), concat(owner, ": ", error.what()));
  }
}

}  // namespace toydl::detail
