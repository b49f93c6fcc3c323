// A container's environment, as the kubelet puts it together each time it creates the container: this is why
// an edited ConfigMap changes nothing in running containers, and everything at the next start.
#pragma once

#include "cluster_model/objects.hpp"
#include "cluster_model/store.hpp"
#include "sim/result.hpp"

namespace muster {

/// Error: not_found with Kubernetes' words: `secret "S" not found`, `couldn't find key K in ConfigMap NS/CM`.
/// References like $(NAME) in literal values are expanded; fieldRef and resourceFieldRef give empty values.
Result<StringMap> resolve_environment(const Container& container, const std::string& namespace_,
                                      const ObjectStore& store);

}  // namespace muster
