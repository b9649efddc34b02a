#pragma once

#include <toydl/descriptor.h>
#include <toydl/layer.h>
#include <toydl/loss.h>
#include <toydl/metric.h>
#include <toydl/optimizer.h>
#include <toydl/schedule.h>

#include <string_view>
#include <vector>

namespace toydl {

/// All layers, or all losses, … that can be made by name. The lists are written out in registry.cpp: a linker drops
/// objects that register themselves from a static library.
/// @tparam Base Layer, Loss, Optimizer, Schedule, Initializer or Metric
template <class Base>
const std::vector<Descriptor<Base>>& registry();
template <>
const std::vector<Descriptor<Layer>>& registry();
template <>
const std::vector<Descriptor<Loss>>& registry();
template <>
const std::vector<Descriptor<Optimizer>>& registry();
template <>
const std::vector<Descriptor<Schedule>>& registry();
template <>
const std::vector<Descriptor<Initializer>>& registry();
template <>
const std::vector<Descriptor<Metric>>& registry();

/// The description of one. @throws Error(option) that lists the known names if there is none of this name.
template <class Base>
const Descriptor<Base>& described(std::string_view name);

/// The description of an object; null for one of a user's own class, which need not be registered.
template <class Base>
const Descriptor<Base>* descriptor_of(const Base& object);

/// While one lives, JSON may hold `{"object": 2}` in place of a description: the third of these, which is there already.
/// That is how a container gets layers that a user wrote. There is one at a time in each thread.
template <class Base>
class Given {
 public:
  explicit Given(std::vector<std::shared_ptr<Base>> objects) : objects_(std::move(objects)) { current = this; }
  Given(const Given&) = delete;
  ~Given() { current = nullptr; }

  /// @throws Error(option) if there is no such object
  static std::shared_ptr<Base> object(const Json& position);

 private:
  std::vector<std::shared_ptr<Base>> objects_;
  static inline thread_local const Given* current = nullptr;
};

/// Makes a `Base` from `{"type": "Linear", "in_features": 784, "out_features": 50}`, or from its name alone, "ReLU".
/// An optimizer is also given its parameters.
/// @throws Error(option) for an unknown type, and for an option that is unknown, missing, or out of its range.
template <class Base, class... Arguments>
std::shared_ptr<Base> make(const Json& config, Arguments... arguments);

/// The opposite of `make`: type and options, defaults included.
/// @throws Error(option) for an object of a user's own class
template <class Base>
Json config_of(const Base& object);

/// Everything in the registries as JSON: {"layers": [{"name", "doc", "options": [{"name", "kind", …}]}], "losses": …}.
Json catalogue();

}  // namespace toydl
