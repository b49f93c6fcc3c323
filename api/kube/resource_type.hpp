// The table of the resources that are served: their names in URLs, and what may be done with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster::kube {

/// Resources that are no stored objects.
enum class Special : std::uint8_t {
  none,
  pod_metrics,
  node_metrics,
  access_review,
  rules_review,
  self_review
};

struct ResourceType {
  const char* group;  ///< empty for the core group
  const char* version;
  const char* plural;  ///< "deployments"
  const char* singular;
  const char* kind;
  const char* short_names;   ///< separated by blanks
  const char* verbs;         ///< separated by blanks, alphabetical, as discovery lists them
  const char* subresources;  ///< separated by blanks: "log eviction"
  Kind model;                ///< Kind::Other: stored without behaviour, so it can be read only
  bool namespaced = true;
  bool in_all = false;  ///< `kubectl get all` shows it
  Special special = Special::none;

  std::string api_version() const;
  /// "deployments.apps", as messages name it.
  std::string qualified_plural() const;
  /// "Deployment.apps".
  std::string qualified_kind() const;
  bool allows(std::string_view verb) const;
  bool has_subresource(std::string_view name) const;
};

const std::vector<ResourceType>& resource_types();
/// The verbs of a subresource that a type has, separated by blanks: "create" of eviction.
const char* subresource_verbs(std::string_view name);
/// Null if it is not served.
const ResourceType* find_resource_type(std::string_view group, std::string_view version,
                                       std::string_view plural);

std::vector<std::string> words(std::string_view text);

}  // namespace muster::kube
