#include <toydl/error.h>
#include <toydl/kernel_choice.h>

namespace toydl {
namespace {

bool machine_has_fma() {
#if defined(__x86_64__) || defined(__i386__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return true;
#endif
}

const Kernel* in_use = strict_kernel != nullptr ? strict_kernel : fma_kernel;

}  // namespace

const Kernel& kernel() { return *in_use; }

Arithmetic arithmetic() { return in_use == strict_kernel ? Arithmetic::strict : Arithmetic::fma; }

void use_arithmetic(Arithmetic arithmetic) {
  const Kernel* const wanted = arithmetic == Arithmetic::strict ? strict_kernel : fma_kernel;
  if (wanted == nullptr) throw Error(ErrorCode::unsupported, "this build has only one kind of arithmetic");
  if (arithmetic == Arithmetic::fma && !machine_has_fma()) {
    throw Error(ErrorCode::unsupported, "this processor has no fused multiply-add; use strict arithmetic");
  }
  in_use = wanted;
}

}  // namespace toydl
