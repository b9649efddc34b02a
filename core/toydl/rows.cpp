#include <toydl/rows.h>

namespace toydl {

void add_to_rows(const Tensor& b, Tensor& x) { x.last_dimension().rowwise() += b.array().matrix().transpose(); }

void add_sum_of_rows(const Tensor& dy, Tensor& db) {
  const auto rows = dy.last_dimension();
  for (Index row = 0; row < rows.rows(); ++row) db.array() += rows.row(row).transpose().array();
}

}  // namespace toydl
