// The resource types kubectl's words can mean, and where the API keeps them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace muster {

struct ResourceType {
  std::string_view plural, singular, kind;
  std::string_view group;  ///< "" is the core group
  std::string_view version;
  std::string_view short_names;  ///< "po" or "cm,configs"
  bool namespaced = true;
};

std::span<const ResourceType> resource_types();
/// "pods", "pod", "po", "Pod", "deployments.apps"; case is ignored. Null if there is none.
const ResourceType* find_resource_type(std::string_view word);
/// By an object's apiVersion and kind. Null if there is none.
const ResourceType* find_resource_kind(std::string_view api_version, std::string_view kind);

/// "/api/v1/namespaces/x/pods"; an empty namespace means all of them.
std::string collection_path(const ResourceType& type, std::string_view namespace_);
std::string object_path(const ResourceType& type, std::string_view namespace_, std::string_view name);
/// "deployment.apps", as results are printed: "deployment.apps/x scaled".
std::string printed_type(const ResourceType& type);
std::string printed_name(const ResourceType& type, std::string_view name);
/// "deployments.apps", as errors name it.
std::string qualified_plural(const ResourceType& type);

}  // namespace muster
