// The three kinds of PATCH on JSON values. Internal to api/kube.
#pragma once

#include <string>

#include "api/kube/fields_json.hpp"

namespace muster::kube {

/// RFC 7386: objects merge, null removes, everything else replaces.
void apply_merge_patch(Json& target, const Json& patch);

/// RFC 6902, all operations, in order; nothing is changed if one fails. Error: invalid_input if `patch` is no
/// list of operations, conflict if an operation cannot be carried out (a `test` that fails, a path that does
/// not exist), with the words of the library that the API server uses (evanphx/json-patch).
Result<void> apply_json_patch(Json& target, const Json& patch);

/// Strategic merge: lists of known fields merge by a key (k8s.io/apimachinery pkg/util/strategicpatch; the
/// keys are struct tags in k8s.io/api). `kind` decides what `ports` means. Error: invalid_input.
Result<void> apply_strategic_patch(Json& target, const Json& patch, const std::string& kind);

}  // namespace muster::kube
