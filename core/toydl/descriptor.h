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
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <typeinfo>
#include <vector>

// A layer, loss, optimizer, schedule, initializer or metric describes itself once, at the end of its .cpp. From the description
// come its JSON, its class in TypeScript, its form in the page, its entry in the reference, and its generic tests.

namespace toydl {

class Loss;
class Metric;
class Optimizer;
struct Option;

/// How options of one type of C++ are read and written. `value` points to a member of a struct of options.
struct ValueType {
  std::string_view kind;  ///< "integer", "number", "boolean", "choice", "shape", "layers", "initializer" or "schedule"
  /// @throws Error(option) for a value that the option cannot have
  void (*read)(const Json& json, const Option& option, void* value);
  Json (*write)(const Option& option, const void* value);
};

/// The numbers an option may take, both ends included.
struct Range {
  double min = -std::numeric_limits<double>::max();
  double max = std::numeric_limits<double>::max();
};

/// All there is to know of one option, a member of a struct of options.
struct Option {
  std::string name;
  std::string doc;
  const ValueType* type = nullptr;
  size_t offset = 0;  ///< of the member in its struct
  bool required = false;
  Range range;
  std::vector<std::string> choices;  ///< of a "choice"
  Json default_value;                ///< null if required
};

/// A layer to try, for tests and documentation: its options as JSON, and the shape of one sample.
struct Example {
  const char* options = "{}";
  Shape input;
  Index indices = 0;  ///< for a layer that takes whole numbers from 0 on: how many there are

  Json json() const { return Json::parse(options); }
};

/// Everything there is to know about one kind of `Base` without reading its code.
template <class Base, class... Arguments>
struct DescriptorOf {
  std::string name;
  std::string doc;
  std::vector<Option> options;
  std::vector<Example> examples;
  std::shared_ptr<Base> (*make)(const DescriptorOf&, const Json& options, Arguments... arguments);
  Json (*write)(const DescriptorOf&, const Base& object);
  const std::type_info* type;

  /// A new object. @throws Error(option) for an option that is unknown, missing, or out of its range.
  std::shared_ptr<Base> create(const Json& json, Arguments... arguments) const {
    return make(*this, json, arguments...);
  }

  /// The options of an object of just this class.
  Json write_options(const Base& object) const { return write(*this, object); }

  /// Whether an object is of just this class.
  bool describes(const Base& object) const { return typeid(object) == *type; }
};

/// An optimizer is also given what it shall optimize.
template <>
struct Descriptor<Optimizer> : DescriptorOf<Optimizer, Parameters> {};
template <class Base>
struct Descriptor : DescriptorOf<Base> {};

/// The names of an enumeration's values, in their order, for an option of that type: `template <> inline constexpr
/// std::array choices_of<Padding>{"valid", "same"};`
template <class Enum>
inline constexpr std::array<const char*, 0> choices_of{};

namespace detail {

using Layers = std::vector<Ref<Layer>>;

extern const ValueType integer, number, boolean, choice, shape, layers, initializer, schedule;

inline const ValueType* type_of(const Index*) { return &integer; }
inline const ValueType* type_of(const double*) { return &number; }
inline const ValueType* type_of(const bool*) { return &boolean; }
inline const ValueType* type_of(const Shape*) { return &shape; }
inline const ValueType* type_of(const Layers*) { return &layers; }
inline const ValueType* type_of(const Ref<const Initializer>*) { return &initializer; }
inline const ValueType* type_of(const Ref<const Schedule>*) { return &schedule; }
template <class Enum>
requires std::is_enum_v<Enum>
const ValueType* type_of(const Enum*) {
  static_assert(sizeof(Enum) == sizeof(int) && choices_of<Enum>.size() > 0,
                "an int's worth of choices, named by choices_of");
  return &choice;
}

Option make_option(const char* name, const char* doc, Range range, const ValueType* type, const void* options,
                   const void* member, std::span<const char* const> choices);

/// @throws Error(option) that begins with `owner`, for an option that is unknown, missing, or out of its range
void read_options(const std::string& owner, const std::vector<Option>& options, const Json& json, void* result);
Json write_options(const std::vector<Option>& options, const void* values);

/// Stands for the options of a class that has none.
struct NoOptions {};

template <class T>
struct OptionsOf {
  using type = NoOptions;
};
template <class T>
requires requires { typename T::Options; }
struct OptionsOf<T> {
  using type = typename T::Options;
};

}  // namespace detail

/// An option with the default that the struct gives it.
template <class Options, class T>
Option option(const char* name, T Options::*member, const char* doc, Range range = {}) {
  static const Options defaults;
  std::span<const char* const> choices;
  if constexpr (std::is_enum_v<T>) choices = choices_of<T>;
  return detail::make_option(name, doc, range, detail::type_of(&(defaults.*member)), &defaults, &(defaults.*member),
                             choices);
}

/// An option that must be given.
template <class Options, class T>
Option required(const char* name, T Options::*member, const char* doc, Range range = {}) {
  Option result = option(name, member, doc, range);
  result.required = true;
  result.default_value = nullptr;
  return result;
}

/// The description of `Derived`, one kind of `Base`.
template <class Base, class Derived>
Descriptor<Base> describe_as(const char* name, const char* doc, std::vector<Option> options = {},
                             std::vector<Example> examples = {}) {
  using Options = typename detail::OptionsOf<Derived>::type;
  constexpr bool has_options = !std::is_same_v<Options, detail::NoOptions>;
  Descriptor<Base> result;
  result.name = name;
  result.doc = doc;
  result.options = std::move(options);
  result.examples = std::move(examples);
  result.type = &typeid(Derived);
  result.make = [](const auto& descriptor, const Json& json, auto... arguments) -> std::shared_ptr<Base> {
    Options values;
    detail::read_options(descriptor.name, descriptor.options, json, &values);
    if constexpr (has_options) {
      return std::make_shared<Derived>(std::move(arguments)..., std::move(values));
    } else {
      return std::make_shared<Derived>(std::move(arguments)...);
    }
  };
  result.write = [](const auto& descriptor, const Base& object) {
    if constexpr (has_options) {
      const Options& values = static_cast<const Derived&>(object).options();
      return detail::write_options(descriptor.options, &values);
    } else {
      return detail::write_options(descriptor.options, &object);
    }
  };
  return result;
}

/// For the end of a constructor that was given its options in C++: the checks that options from JSON go through.
/// @throws Error(option) for one that is out of its range.
void check_options(const Layer& layer);
void check_options(const Optimizer& optimizer);
void check_options(const Schedule& schedule);
void check_options(const Initializer& initializer);
void check_options(const Loss& loss);
void check_options(const Metric& metric);

}  // namespace toydl
