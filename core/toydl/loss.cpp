#include <toydl/error.h>
#include <toydl/loss.h>

namespace toydl {

std::shared_ptr<FusedLoss> Loss::fused_with(const Layer&) const { return nullptr; }

void Loss::require_forward(bool was_called) {
  if (!was_called) throw Error(ErrorCode::state, "a loss's backward needs its forward before it");
}

}  // namespace toydl
