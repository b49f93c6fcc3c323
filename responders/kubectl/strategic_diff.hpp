// The patch that kubectl computes on its side (k8s.io/apimachinery pkg/util/strategicpatch).
#pragma once

#include "responders/text/json_value.hpp"

namespace muster {

/// What `wanted` says and `live` has not, and null or "$patch: delete" for what `before` had and `wanted` has
/// not. Lists whose elements have a key are compared element by element. Null if there is no difference.
JsonValue strategic_diff(const JsonValue& before, const JsonValue& wanted, const JsonValue& live);

}  // namespace muster
