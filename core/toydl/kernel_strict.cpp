#include <toydl/kernel_choice.h>

#ifdef TOYDL_WITHOUT_KERNEL

const toydl::Kernel* const toydl::strict_kernel = nullptr;

#else

#include <toydl/kernel_loops.h>

namespace toydl {
namespace {

Lanes multiply_add(Lanes a, Lanes b, Lanes c) { return a * b + c; }

}  // namespace

const Kernel* const strict_kernel = &this_kernel;

}  // namespace toydl

#endif
