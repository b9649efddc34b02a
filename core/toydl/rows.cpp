#include <toydl/rows.h>

namespace toydl {

void add_to_rows(const Tensor& b, Tensor& x) { x.last_dimension().rowwise() += b.array().matrix().transpose(); }

void add_sum_of_rows(const Tensor& dy, Tensor& db) {
  add_sum_of_channels(Channels::columns(dy.size() / db.size(), db.size()), dy, db);
}

void add_sum_of_channels(const Channels& layout, const Tensor& dy, Tensor& db) {
  thread_local Tensor sums;
  sums.resize(db.shape());
  sum_channels(layout, dy.data(), sums.data());
  db.array() += sums.array();
}

}  // namespace toydl
