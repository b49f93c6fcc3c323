// Request bodies as application/vnd.kubernetes.protobuf, which kubectl >= 1.32 sends from its typed clients:
// four bytes "k8s\0", then a message Unknown with the object inside (k8s.io/apimachinery
// pkg/runtime/serializer/protobuf). Internal to api/kube.
#pragma once

#include <string>
#include <string_view>

#include "api/kube/fields_json.hpp"

namespace muster::kube {

/// The field numbers of the messages that are decoded (generated.proto of k8s.io/api and
/// k8s.io/apimachinery): "Message number:name:TYPE ...", the types as in schema.hpp, with I for a number
/// whose zero is not absent, q for Quantity, and ^ for a message whose fields count as the outer one's.
extern const char* const protobuf_messages;

/// The object as JSON, with its kind and apiVersion; empty texts and zeros are left out, as they are absent.
/// Error: invalid_input if the bytes are no such message; not_found (the kind in the message) if its fields
/// are not known.
Result<Json> decode_protobuf(std::string_view bytes);

}  // namespace muster::kube
