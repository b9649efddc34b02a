#pragma once

#include <toydl/json.h>

#include <string>

namespace toydl::cli {

/// What describes a layer, an optimizer or a schedule on a command line: its name alone, "Adam", or JSON as the page and
/// JavaScript write it, {"type": "StepSchedule", "everySteps": 100}, also a list of such.
/// @throws Error(option) for what is neither
Json config_from(const std::string& text);

}  // namespace toydl::cli
