#include <toydl/error.h>
#include <toydl/floating_point.h>
#include <toydl/scalar.h>

#include <limits>

namespace toydl {

void require_exact_arithmetic() {
  // Volatile, so that they are computed here and now, not by the compiler. A step is from 1 to the next number.
  constexpr Scalar step = std::numeric_limits<Scalar>::epsilon();
  volatile Scalar smallest = std::numeric_limits<Scalar>::min(), one = 1, little = step / 4, much = step / 4 * 3;
  if (smallest / 2 == 0) {
    throw Error(
        ErrorCode::unsupported,
        "this program takes subnormal numbers for 0, so its results would differ from those of other machines. Link it "
        "without -Ofast and -ffast-math");
  }
  if (one + little != 1 || one + much != 1 + step) {
    throw Error(
        ErrorCode::unsupported,
        "this program does not round to the nearest number, so its results would differ from those of other machines. "
        "Call std::fesetround(FE_TONEAREST) before a model is made");
  }
}

}  // namespace toydl
