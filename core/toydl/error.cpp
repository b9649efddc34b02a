#include <toydl/error.h>

namespace toydl {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::shape: return "shape";
    case ErrorCode::label: return "label";
    case ErrorCode::option: return "option";
    case ErrorCode::not_finite: return "not-finite";
    case ErrorCode::format: return "format";
    case ErrorCode::state: return "state";
    case ErrorCode::diverged: return "diverged";
    case ErrorCode::user: return "user";
    case ErrorCode::memory: return "memory";
  }
  return "unknown";
}

}  // namespace toydl
