// A Kubernetes URL understood: /api/v1/[namespaces/NS/]RESOURCE[/NAME[/SUB]], /apis/GROUP/VERSION/...
// likewise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/kube/resource_type.hpp"

namespace muster::kube {

struct ResourcePath {
  const ResourceType* type = nullptr;
  std::string namespace_;  ///< empty: cluster-scoped, or all namespaces
  std::string name;        ///< empty: the collection
  std::string subresource;

  /// Where the object is in the store. The Endpoints of a Service are a view of its EndpointSlice: no key.
  ObjectKey key() const;
};

/// nullopt if no resource that is served has this path.
std::optional<ResourcePath> parse_resource_path(const std::vector<std::string>& segments);

}  // namespace muster::kube
