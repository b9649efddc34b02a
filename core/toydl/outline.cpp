#include <toydl/error.h>
#include <toydl/outline.h>
#include <toydl/registry.h>

#include <new>
#include <set>

namespace toydl {
namespace {

/// Makes the layer for samples of this shape. @throws Error if it cannot be made, or does not fit.
LayerSummary try_layer(const Json& config, const Shape& input) {
  const auto layer = make<Layer>(config);
  Rng rng(0);
  LayerSummary summary{.layer = layer->describe(), .output = layer->build(input, rng), .parameters = 0};
  summary.output.batch(1);
  for (const auto& parameter : layer->parameters()) summary.parameters += parameter->value.size();
  return summary;
}

std::string describe(const Json& config) {
  try {
    return make<Layer>(config)->describe();
  } catch (const Error&) {
    return config.is_object() && config.contains("type") ? config["type"].dump() : config.dump();
  }
}

/// The layer with one of its numbers replaced by a size of the input, if that makes it fit: most layers that do not fit were told
/// another size of what they get.
Json find_fix(const Json& config, const Shape& input) {
  const std::string type = config.is_object() ? config["type"] : config;
  std::set<Index> sizes{input.size()};
  for (int i = 0; i < input.rank(); ++i) sizes.insert(input[i]);
  for (const auto& option : described<Layer>(type).options) {
    if (option.type->kind != "integer" || !option.required) continue;
    for (const Index size : sizes) {
      Json changed = config;
      changed[option.name] = size;
      try {
        try_layer(changed, input);
        return changed;
      } catch (const Error&) {
        // Not this one.
      }
    }
  }
  return nullptr;
}

}  // namespace

Outline outline(const std::vector<Json>& layers, const Shape& input) {
  Outline result;
  Shape shape = input;
  for (const Json& config : layers) {
    try {
      result.layers.push_back(try_layer(config, shape));
    } catch (const Error& error) {
      const bool misfit = error.code() == ErrorCode::shape;
      result.problem = {describe(config), error.what(), misfit ? find_fix(config, shape) : Json()};
    } catch (const std::bad_alloc&) {
      result.problem = {describe(config), "is too large for the memory that there is. Make it smaller.", nullptr};
    }
    if (result.problem) break;
    shape = result.layers.back().output;
  }
  return result;
}

}  // namespace toydl
