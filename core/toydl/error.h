#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace toydl {

/// What kind of thing went wrong; JavaScript sees its name as `error.code`.
enum class ErrorCode {
  shape,       ///< sizes that do not fit together
  label,       ///< a class label, or an index, that is not one
  option,      ///< an option that is unknown, missing or out of its range
  not_finite,  ///< NaN or infinity in the input
  format,      ///< a file or message that is not what it should be
  state,       ///< a call at the wrong time
  diverged,    ///< training left the range of numbers
  user,  ///< an exception of a user's own layer, loss, …; nested in the Error, so that std::rethrow_if_nested gives it back
  memory,       ///< not enough memory
  unsupported   ///< this machine, or this build, cannot do it
};

std::string_view name_of(ErrorCode code);

/// Everything the library throws. The message says what is wrong, where, and what to do about it.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

/// Adds a value to a text: numbers in their shortest usual form, text as it is.
void append_to(std::string& text, std::string_view value);
void append_to(std::string& text, long long value);
void append_to(std::string& text, float value);
void append_to(std::string& text, double value);

/// The parts as one text: `concat("layer ", 2, " has ", name)`.
template <class... Parts>
std::string concat(const Parts&... parts) {
  std::string text;
  const auto append = [&](const auto& part) {
    using Part = std::decay_t<decltype(part)>;
    if constexpr (std::is_floating_point_v<Part> || std::is_convertible_v<Part, std::string_view>) {
      append_to(text, part);
    } else if constexpr (std::is_arithmetic_v<Part>) {
      append_to(text, static_cast<long long>(part));
    } else {
      append_to(text, std::string(part));
    }
  };
  (append(parts), ...);
  return text;
}

}  // namespace toydl
