#pragma once

#include <toydl/json.h>
#include <toydl/summary.h>

#include <optional>
#include <string>
#include <vector>

namespace toydl {

/// Why a model cannot be made as it is described.
struct OutlineProblem {
  std::string layer;  ///< the layer that does not fit, as in a message, or its description if it cannot be made at all
  std::string message;  ///< what is wrong with it, and what to do about it
  Json fix;             ///< this layer with one option changed, so that it fits; null if no such change helps
};

/// What a model would be, found out layer by layer: for somebody who is still building it.
struct Outline {
  std::vector<LayerSummary> layers;  ///< those that fit, up to the first that does not
  std::optional<OutlineProblem> problem;
};

/// Follows samples of shape `input` through the layers, which are described as `make<Layer>` takes them.
Outline outline(const std::vector<Json>& layers, const Shape& input);

}  // namespace toydl
