#pragma once

#include <toydl/error.h>
#include <toydl/json.h>
#include <toydl/parameter.h>
#include <toydl/shape.h>

#include <emscripten/val.h>
#include <memory>
#include <string>
#include <vector>

// Between JavaScript's values and the library's. src/ has checked the types of what arrives here.

namespace toydl::wasm {

inline Shape to_shape(const emscripten::val& sizes) {
  const auto numbers = emscripten::convertJSArrayToNumberVector<double>(sizes);
  std::vector<Index> indices;
  for (const double number : numbers) {
    if (!(number >= 0 && number <= 0x7fffffff) || number != static_cast<double>(static_cast<Index>(number))) {
      throw Error(ErrorCode::shape, concat("a dimension must be a whole number from 0 on, this one is ", number));
    }
    indices.push_back(static_cast<Index>(number));
  }
  return Shape(indices);
}

inline emscripten::val from_shape(const Shape& shape) {
  emscripten::val sizes = emscripten::val::array();
  for (int i = 0; i < shape.rank(); ++i) sizes.set(i, static_cast<double>(shape[i]));
  return sizes;
}

inline Json to_json(const std::string& text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw Error(ErrorCode::format, concat("not JSON: ", error.what()));
  }
}

/// A JavaScript array of handles as shared pointers.
template <class T>
std::vector<std::shared_ptr<T>> to_pointers(const emscripten::val& array) {
  std::vector<std::shared_ptr<T>> pointers;
  const auto length = array["length"].as<unsigned>();
  for (unsigned i = 0; i < length; ++i) pointers.push_back(array[i].as<std::shared_ptr<T>>());
  return pointers;
}

/// Something inside `owner` as a pointer that keeps all of `owner` alive.
template <class Owner, class T>
std::shared_ptr<T> part_of(const std::shared_ptr<Owner>& owner, const T& part) {
  return std::shared_ptr<T>(owner, const_cast<T*>(&part));
}

}  // namespace toydl::wasm
