#pragma once

#include <toydl/layer.h>

#include <string>

namespace toydl {

struct GradientCheckOptions {
  uint64_t seed = 0;  ///< of the weights, x and dy
  Index batch = 3;
};

/// The entry at which a hand-written gradient is furthest from the numeric one.
struct GradientCheckReport {
  std::string where;  ///< "x", or the name of a parameter
  Index index = 0;    ///< position in its memory
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
/// In double precision a right gradient is within 1e-6; in float differences are coarse, and 1e-2 is much.
/// @param layer not built yet  @param sample the shape of one sample of x
GradientCheckReport gradient_check(Layer& layer, const Shape& sample, const GradientCheckOptions& options = {});

}  // namespace toydl
