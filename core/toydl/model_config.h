#pragma once

#include <toydl/json.h>
#include <toydl/model.h>

namespace toydl {

/// A model's layers, seed and input shape: {"layers": [{"type": "Linear", …}], "seed": 42, "input_shape": [784]}. Not its
/// weights. @throws Error(option) for a layer of a user's own class
Json config_of(const Model& model);

/// The model that a config describes, with its first weights. @throws Error(option) or Error(shape) for one that makes no sense
Model model_from(const Json& config);

}  // namespace toydl
