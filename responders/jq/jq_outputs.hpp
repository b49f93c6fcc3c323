// What a filter of jq gives: any number of values, or an error.
#pragma once

#include <utility>
#include <vector>

#include "responders/text/json_value.hpp"
#include "sim/result.hpp"

namespace muster {

using JqOutputs = Result<std::vector<JsonValue>>;

inline JqOutputs one_output(JsonValue value) {
  return std::vector<JsonValue>{std::move(value)};
}

/// All but null and false (jq's manual, "if-then-else").
inline bool holds(const JsonValue& value) {
  return !value.is_null() && !(value.is_bool() && !value.truth());
}

}  // namespace muster
