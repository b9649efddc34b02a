#include <toydl/error.h>

#include <cstdio>

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
    case ErrorCode::unsupported: return "unsupported";
  }
  return "unknown";
}

void append_to(std::string& text, std::string_view value) { text += value; }

void append_to(std::string& text, long long value) { text += std::to_string(value); }

namespace {

void append_digits(std::string& text, int digits, double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
  text += buffer;
}

}  // namespace

void append_to(std::string& text, float value) { append_digits(text, 7, double{value}); }

void append_to(std::string& text, double value) { append_digits(text, 10, value); }

}  // namespace toydl
