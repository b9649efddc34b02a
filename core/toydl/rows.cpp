#include <toydl/rows.h>
#include <toydl/sum.h>

namespace toydl {

void add_to_rows(const Tensor& b, Tensor& x) { x.last_dimension().rowwise() += b.array().matrix().transpose(); }

void add_sum_of_rows(const Tensor& dy, Tensor& db) {
  const Scalar* const d = dy.data();
  sum_channels(
      Channels::columns(dy.size() / db.size(), db.size()), [=](Index position, Index, Index) { return d[position]; },
      [&](Index c, Scalar sum) { db[c] += sum; });
}

}  // namespace toydl
