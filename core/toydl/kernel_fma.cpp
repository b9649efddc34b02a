// Compiled for a newer processor than the rest: see CMakeLists.txt.

#include <toydl/fused.h>
#include <toydl/kernel_choice.h>

#if defined(TOYDL_WITHOUT_KERNEL) || !defined(TOYDL_HAS_FUSED)

const toydl::Kernel* const toydl::fma_kernel = nullptr;

#else

#include <toydl/kernel_loops.h>

namespace toydl {
namespace {

Lanes multiply_add(Lanes a, Lanes b, Lanes c) { return (Lanes)fused(a, b, c); }

}  // namespace

const Kernel* const fma_kernel = &this_kernel;

}  // namespace toydl

#endif
