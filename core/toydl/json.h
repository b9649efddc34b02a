#pragma once

#include <nlohmann/json.hpp>

namespace toydl {

/// JSON that keeps the order in which its members were written.
using Json = nlohmann::ordered_json;

}  // namespace toydl
