// Kubernetes objects to JSON and back. Fields without behaviour here are kept in the Unmodelled parts, so
// that to_json(from_json(x)) has every field of x.
#pragma once

#include <string>
#include <string_view>

#include "cluster_model/objects.hpp"
#include "sim/result.hpp"

namespace muster::kube {

/// Error: invalid_input; `where` is the JSON pointer of the offending field ("/spec/replicas").
Result<Object> object_from_json(std::string_view json, Epoch epoch);
/// One line of JSON with sorted keys; times as RFC 3339 of the epoch; a Secret's data in base64.
std::string object_to_json(const Object& object, Epoch epoch);

}  // namespace muster::kube
