#include <toydl/sum.h>

namespace toydl {

void sum_channels(const Channels& layout, const Scalar* numbers, Scalar* sums) {
  sum_channels(layout, [=](Index i, Index, Index) { return numbers[i]; }, [=](Index c, Scalar sum) { sums[c] = sum; });
}

}  // namespace toydl
