#pragma once

#include <toydl/shape.h>

#include <string>
#include <vector>

namespace toydl {

/// One layer of a model, as it is built.
struct LayerSummary {
  std::string layer;  ///< as in a message: "Linear(784, 50)"
  Shape output;       ///< shape of one sample of y
  Index parameters;   ///< how many numbers it learns
};

/// What a model is made of: `Model::summary`.
struct ModelSummary {
  Shape input;  ///< shape of one sample of x
  std::vector<LayerSummary> layers;
  Index parameters;  ///< how many numbers the model learns

  /// As a table, one line a layer.
  explicit operator std::string() const;
};

}  // namespace toydl
