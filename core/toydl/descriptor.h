#pragma once

#include <toydl/error.h>
#include <toydl/initializer.h>
#include <toydl/json.h>
#include <toydl/layer.h>
#include <toydl/parameter.h>
#include <toydl/ref.h>
#include <toydl/schedule.h>
#include <toydl/shape.h>

#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

// A layer, loss, optimizer, initializer or metric describes itself once, at the end of its .cpp. From the description come
// its JSON, its class in TypeScript, its form in the page, its entry in the reference, and its generic tests.

namespace toydl {

class Optimizer;

/// The numbers an option may take, both ends included.
struct Range {
  double min = -std::numeric_limits<double>::max();
  double max = std::numeric_limits<double>::max();
};

/// What a form, a JSON reader and a reference page must know of one option.
struct OptionInfo {
  std::string name;
  std::string kind;  ///< "integer", "number", "boolean", "choice", "shape", "layers", "initializer" or "schedule"
  std::string doc;
  bool required = false;
  Range range;
  std::vector<std::string> choices;  ///< of a "choice"
  Json default_value;  ///< null if required
};

/// An option as a member of the struct `Options`.
template <class Options>
struct Option {
  OptionInfo info;
  std::function<void(Options&, const Json&)> read;
  std::function<Json(const Options&)> write;
};

/// A layer to try, for tests and documentation: its options, and the shape of one sample.
struct Example {
  Json options = Json::object();
  Shape input;
  Index indices = 0;  ///< for a layer that takes whole numbers from 0 on: how many there are
};

/// The names of an enumeration's values, in their order, for an option of that type: `template <> inline constexpr
/// std::array choices_of<Padding>{"valid", "same"};`
template <class Enum>
inline constexpr std::array<const char*, 0> choices_of{};

/// How to make a `Base` from its options; an optimizer is also given what it shall optimize.
template <class Base>
struct FactoryOf {
  using type = std::shared_ptr<Base>(const Json& options);
};
template <>
struct FactoryOf<Optimizer> {
  using type = std::shared_ptr<Optimizer>(const Json& options, Parameters parameters);
};

/// Everything there is to know about one kind of `Base` without reading its code.
template <class Base>
struct Descriptor {
  std::string name;
  std::string doc;
  std::vector<OptionInfo> options;
  std::vector<Example> examples;
  /// @throws Error(option) for an option that is unknown, missing, or out of its range.
  std::function<typename FactoryOf<Base>::type> create;
  std::function<Json(const Base&)> write_options;
  /// The checks of `create` alone.
  std::function<void(const Json& options)> check;
};

/// Stands for the options of a class that has none.
struct NoOptions {};

namespace detail {

template <class T>
struct OptionsOf {
  using type = NoOptions;
};
template <class T>
requires requires { typename T::Options; }
struct OptionsOf<T> {
  using type = typename T::Options;
};

using Layers = std::vector<Ref<Layer>>;

std::string_view kind_of(Index);
std::string_view kind_of(double);
std::string_view kind_of(bool);
std::string_view kind_of(const Shape&);
std::string_view kind_of(const Layers&);
std::string_view kind_of(const Ref<const Initializer>&);
std::string_view kind_of(const Ref<const Schedule>&);
template <class Enum>
requires std::is_enum_v<Enum> std::string_view kind_of(Enum) { return "choice"; }

void read_value(const Json& json, const OptionInfo& info, Index& value);
void read_value(const Json& json, const OptionInfo& info, double& value);
void read_value(const Json& json, const OptionInfo& info, bool& value);
void read_value(const Json& json, const OptionInfo& info, Shape& value);
void read_value(const Json& json, const OptionInfo& info, Layers& value);
void read_value(const Json& json, const OptionInfo& info, Ref<const Initializer>& value);
void read_value(const Json& json, const OptionInfo& info, Ref<const Schedule>& value);
/// Position of the choice that `json` names.
size_t read_choice(const Json& json, const OptionInfo& info);
template <class Enum>
requires std::is_enum_v<Enum> void read_value(const Json& json, const OptionInfo& info, Enum& value) {
  value = static_cast<Enum>(read_choice(json, info));
}

Json write_value(Index value);
Json write_value(double value);
Json write_value(bool value);
Json write_value(const Shape& value);
Json write_value(const Layers& value);
Json write_value(const Ref<const Initializer>& value);
Json write_value(const Ref<const Schedule>& value);
template <class Enum>
requires std::is_enum_v<Enum> Json write_value(Enum value) { return choices_of<Enum>.at(static_cast<size_t>(value)); }

/// @throws Error(option) if `json` is no object, or has a member that is no option.
void require_known(const std::string& owner, const Json& json, const std::vector<OptionInfo>& options);

/// @throws Error(option) that names the missing option.
[[noreturn]] void missing(const std::string& owner, const OptionInfo& info);

/// Runs `read`, and puts the owner's name before the message of an error.
void read_for(const std::string& owner, const std::function<void()>& read);

template <class Options>
Options read_options(const std::string& owner, const std::vector<OptionInfo>& infos,
                     const std::vector<Option<Options>>& options, const Json& json) {
  require_known(owner, json, infos);
  Options result;
  for (const auto& option : options) {
    const auto found = json.find(option.info.name);
    if (found != json.end()) {
      read_for(owner, [&] { option.read(result, *found); });
    } else if (option.info.required) {
      missing(owner, option.info);
    }
  }
  return result;
}

}  // namespace detail

template <class T>
using OptionsOf = typename detail::OptionsOf<T>::type;

/// An option with the default that the struct gives it.
template <class Options, class T>
Option<Options> option(std::string name, T Options::*member, std::string doc, Range range = {}) {
  const Options defaults;
  OptionInfo info{.name = std::move(name),
                  .kind = std::string(detail::kind_of(defaults.*member)),
                  .doc = std::move(doc),
                  .range = range,
                  .default_value = detail::write_value(defaults.*member)};
  if constexpr (std::is_enum_v<T>) info.choices.assign(choices_of<T>.begin(), choices_of<T>.end());
  return {
      .info = info,
      .read = [info, member](Options& options, const Json& json) { detail::read_value(json, info, options.*member); },
      .write = [member](const Options& options) { return detail::write_value(options.*member); }};
}

/// An option that must be given.
template <class Options, class T>
Option<Options> required(std::string name, T Options::*member, std::string doc, Range range = {}) {
  Option<Options> result = option(std::move(name), member, std::move(doc), range);
  result.info.required = true;
  result.info.default_value = nullptr;
  return result;
}

/// The description of `Derived`, one kind of `Base`.
template <class Base, class Derived>
Descriptor<Base> describe_as(std::string name, std::string doc, std::vector<Option<OptionsOf<Derived>>> options = {},
                             std::vector<Example> examples = {}) {
  Descriptor<Base> result{.name = name, .doc = std::move(doc), .examples = std::move(examples)};
  for (const auto& option : options) result.options.push_back(option.info);
  result.create = [name, options, infos = result.options](const Json& json, auto... arguments) {
    auto values = detail::read_options(name, infos, options, json);
    if constexpr (std::is_same_v<OptionsOf<Derived>, NoOptions>) {
      return std::make_shared<Derived>(std::move(arguments)...);
    } else {
      return std::make_shared<Derived>(std::move(arguments)..., std::move(values));
    }
  };
  result.check = [name, options, infos = result.options](const Json& json) {
    detail::read_options(name, infos, options, json);
  };
  result.write_options = [options](const Base& object) {
    Json json = Json::object();
    if constexpr (!std::is_same_v<OptionsOf<Derived>, NoOptions>) {
      for (const auto& option : options)
        json[option.info.name] = option.write(static_cast<const Derived&>(object).options());
    }
    return json;
  };
  return result;
}

/// For the end of a constructor that was given its options in C++: the checks that options from JSON go through.
/// @throws Error(option) for one that is out of its range.
template <class Derived>
void check_options(const Derived& object) {
  static const auto description = Derived::descriptor();
  Json options = description.write_options(object);
  // An initializer or a schedule is an object already, and has checked itself.
  for (const auto& info : description.options) {
    if (info.kind == "initializer" || info.kind == "schedule") options.erase(info.name);
  }
  description.check(options);
}

}  // namespace toydl
