#pragma once

#include <toydl/layer.h>

#include <string>

namespace toydl {

struct GradientCheckOptions {
  uint64_t seed = 0;  ///< of the weights, x, dy, and what the layer draws in a pass
  Index batch = 3;
  Index indices = 0;  ///< for a layer that takes whole numbers: from 0 to one less; x is then not checked
};

/// The entry at which a hand-written gradient is furthest from the numeric one.
struct GradientCheckReport {
  std::string where;     ///< "x", or the name of a parameter
  Index parameter = -1;  ///< which of the layer's parameters; -1 for x
  Shape shape;           ///< of x, or of that parameter
  Index index = 0;       ///< position in its memory
  double analytic = 0;
  double numeric = 0;
  double relative_error = 0;
};

/// Holds a layer's `backward` against central differences of its `forward`.
///
/// With random x and dy it looks at L = Σ dy y, so that `backward` must give dL/dx and dL/dw:
///
///     numeric        = (L(v + h) - L(v - h)) / 2h             for every single number v of x and of the parameters
///     relative error = |analytic - numeric| / max(|analytic|, |numeric|, 1 % of the tensor's largest gradient)
///
/// x is spread evenly over -2 to 2 in random order: no two numbers so close that a maximum would pass from one to the other,
/// none so near 0 that a ReLU would bend. Every pass is one of training, and draws the same random numbers.
///
/// In double precision a right gradient is within 1e-6; in float differences are coarse, and 1e-2 is much.
/// @param layer not built yet, and afterwards as if it had not been  @param sample the shape of one sample of x
/// @throws Error(shape) if the layer cannot take such samples, Error(state) if it is built
GradientCheckReport gradient_check(Layer& layer, const Shape& sample, const GradientCheckOptions& options = {});

}  // namespace toydl
