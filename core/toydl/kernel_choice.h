#pragma once

#include <toydl/kernel.h>

namespace toydl {

// The kernels that were compiled; null where one was left out.

extern const Kernel* const strict_kernel;
extern const Kernel* const fma_kernel;

}  // namespace toydl
