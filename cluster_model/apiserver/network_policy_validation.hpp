// What the API server refuses of NetworkPolicies and label selectors (kubernetes/kubernetes
// pkg/apis/networking/validation, apimachinery pkg/apis/meta/v1/validation).
#pragma once

#include "cluster_model/objects/network_policy.hpp"
#include "sim/result.hpp"

namespace muster {

Result<void> validate(const LabelSelector& selector, const std::string& where);
Result<void> validate(const NetworkPolicy& policy);

}  // namespace muster
