// What is refused although it is well-formed: content for a namespace that is going, and more than a quota
// allows (kubernetes/kubernetes plugin/pkg/admission/namespace/lifecycle, staging/src/k8s.io/apiserver
// pkg/admission/plugin/resourcequota).
#pragma once

#include "cluster_model/objects/quota.hpp"
#include "cluster_model/store.hpp"
#include "sim/result.hpp"

namespace muster {

/// Errors: not_found (its namespace); unavailable = forbidden, in the real server's words (HTTP 403).
Result<void> admit_creation(const ObjectStore& store, const Object& object);

/// What the object takes of each quota resource; empty if it takes none (a finished pod).
QuotaAmounts quota_charge(const Object& object);
/// The sum over the namespace, for the resources that `hard` names.
QuotaAmounts quota_usage(const ObjectStore& store, const std::string& namespace_, const QuotaAmounts& hard);

}  // namespace muster
