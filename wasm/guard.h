#pragma once

#include <toydl/error.h>

#include <emscripten/val.h>
#include <exception>
#include <new>
#include <string>
#include <type_traits>

namespace toydl::wasm {

/// An error on its way to JavaScript: src/errors.ts turns this object into a ToydlError and throws it there.
inline emscripten::val failure(std::string_view code, std::string_view message) {
  emscripten::val object = emscripten::val::object();
  object.set("toydlError", std::string(code));
  object.set("message", std::string(message));
  return object;
}

/// Runs `action` and returns its result as a JavaScript value, or the error that it threw. A C++ exception must not
/// reach JavaScript: it would leave its stack frames behind.
template <class Action>
emscripten::val guard(const Action& action) {
  try {
    if constexpr (std::is_void_v<decltype(action())>) {
      action();
      return emscripten::val::undefined();
    } else {
      return emscripten::val(action());
    }
  } catch (const Error& error) {
    return failure(name_of(error.code()), error.what());
  } catch (const std::bad_alloc&) {
    return failure(name_of(ErrorCode::memory), "there is not enough memory for this");
  } catch (const std::exception& error) {
    return failure("internal", error.what());
  }
}

}  // namespace toydl::wasm
