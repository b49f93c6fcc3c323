// The conditions of an object's status: Ready, Available, Progressing.
#pragma once

#include <string>
#include <string_view>

#include "responders/text/json_value.hpp"

namespace muster {

/// Null if there is none of that type.
const JsonValue& condition(const JsonValue& object, std::string_view type);
/// Status of a condition ("True"), or "" if there is none of that type.
std::string condition_status(const JsonValue& object, std::string_view type);

}  // namespace muster
