// Compiled with what it takes for fused multiply-add: a newer processor's instructions, and -ffp-contract=fast, by which
// a · b + c is one.

#include <toydl/kernel_choice.h>

#ifdef TOYDL_WITHOUT_KERNEL

const toydl::Kernel* const toydl::fma_kernel = nullptr;

#else

#include <toydl/kernel_loops.h>

namespace toydl {
namespace {

#ifdef __wasm_relaxed_simd__
Lanes multiply_add(Lanes a, Lanes b, Lanes c) { return __builtin_wasm_relaxed_madd_f32x4(a, b, c); }
#else
Lanes multiply_add(Lanes a, Lanes b, Lanes c) { return a * b + c; }
#endif

}  // namespace

const Kernel* const fma_kernel = &this_kernel;

}  // namespace toydl

#endif
