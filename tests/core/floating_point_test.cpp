#include "throws.h"

#include <toydl/floating_point.h>
#include <toydl/toydl.h>

#include <cfenv>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

using namespace toydl;

TEST_CASE("a program that computes as IEEE 754 says can make models", "[floating-point]") {
  CHECK_NOTHROW(require_exact_arithmetic());
}

#if defined(__SSE__) && !defined(__EMSCRIPTEN__)

TEST_CASE("a program that takes subnormal numbers for 0 is refused when a model is made", "[floating-point]") {
  const unsigned before = _mm_getcsr();
  constexpr unsigned flush_to_zero = 0x8000, denormals_are_zero = 0x0040;
  for (const unsigned flags : {flush_to_zero, flush_to_zero | denormals_are_zero}) {
    _mm_setcsr(before | flags);
    CHECK_FAILS(Model({Linear(2, 1)}), unsupported, "takes subnormal numbers for 0");
    _mm_setcsr(before);
  }
}

TEST_CASE("a program that does not round to the nearest number is refused", "[floating-point]") {
  for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    std::fesetround(mode);
    CHECK_FAILS(Model({Linear(2, 1)}), unsupported, "does not round to the nearest number");
    std::fesetround(FE_TONEAREST);
  }
}

#endif
