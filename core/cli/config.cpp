#include "config.h"

#include <toydl/error.h>

#include <cctype>

namespace toydl::cli {
namespace {

/// everySteps → every_steps
std::string in_snake_case(const std::string& name) {
  std::string result;
  for (const char c : name) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) result += '_';
    result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return result;
}

Json renamed(const Json& value) {
  Json result = value;
  if (value.is_array()) {
    for (Json& item : result) item = renamed(item);
  } else if (value.is_object()) {
    result = Json::object();
    for (const auto& [name, item] : value.items()) result[in_snake_case(name)] = renamed(item);
  }
  return result;
}

}  // namespace

Json config_from(const std::string& text) {
  if (!text.starts_with('{') && !text.starts_with('[')) return text;
  try {
    return renamed(Json::parse(text));
  } catch (const Json::parse_error& error) {
    throw Error(ErrorCode::option, concat("not JSON: ", text, " (", error.what(), ")"));
  }
}

}  // namespace toydl::cli
