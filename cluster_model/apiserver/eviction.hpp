// Evictions: deletions that ask the disruption budgets first. Model: kubernetes/kubernetes
// pkg/registry/core/pod/storage/eviction.go.
#pragma once

#include <optional>
#include <string>

#include "cluster_model/apiserver/api_server.hpp"

namespace muster {

/// What the eviction subresource answers: the pod as deleted, or a refusal.
struct Eviction {
  ObjectPtr pod;        ///< null if refused
  int code = 0;         ///< of the refusal: 404, 429, 500
  std::string message;  ///< "Cannot evict pod as it would violate the pod's disruption budget."
  std::string cause;    ///< with 429: "The disruption budget web needs 2 healthy pods and has 2 currently"
  int retry_after = 0;  ///< seconds; 0 = none said
};

/// Evicts the pod if its budget, if any, allows it; counts it against the budget.
Eviction evict(ApiServer& api, const ObjectStore& store, const ObjectKey& pod,
               std::optional<SimDuration> grace, SimTime now);

/// The budget's selector matches the pod.
bool covers(const Object& budget, const Object& pod);

}  // namespace muster
