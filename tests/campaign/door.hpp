// Kubernetes' API as the campaign uses it: paths of kinds, and lists of what is there now.
#pragma once

#include <string>
#include <vector>

#include "api/kube/resource_type.hpp"
#include "responders/responder.hpp"
#include "responders/text/json_value.hpp"

namespace muster::campaign {

/// "/apis/apps/v1/namespaces/shop/deployments"; without `namespace_` across all of them.
std::string collection_path(const kube::ResourceType& type, const std::string& namespace_);
/// Of one object as it was listed: the collection's path and its name.
std::string object_path(const kube::ResourceType& type, const JsonValue& object);
/// Everything of a type, in the order of the API; none if it cannot be listed.
std::vector<JsonValue> list_all(ResponderHost& host, const std::string& actor,
                                const kube::ResourceType& type);
/// By its plural; the name must be served.
const kube::ResourceType& resource_named(const std::string& plural);

}  // namespace muster::campaign
