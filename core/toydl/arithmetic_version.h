#pragma once

namespace toydl {

/// Which bits a run gives. It changes when the same settings and seed lead to other weights than before; checkpoints and model files
/// say with which one they were made. 0 is that of ToyDL 0.1.0, which did not say it.
constexpr int arithmetic_version = 1;

}  // namespace toydl
