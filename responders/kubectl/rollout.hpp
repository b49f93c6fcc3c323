// What the rollout commands read: revisions in the ReplicaSets' annotations.
#pragma once

#include "responders/kubectl/targets.hpp"

namespace muster {

inline constexpr std::string_view revision_annotation = "deployment.kubernetes.io/revision";

/// The ReplicaSets that `deployment` controls, lowest revision first.
std::vector<JsonValue> owned_replica_sets(KubectlCall& call, const Target& deployment);
std::int64_t revision_of(const JsonValue& replica_set);
/// The template without what the controller and the encoder add (pod-template-hash, null creationTimestamp).
JsonValue plain_template(const JsonValue& object);

/// PATCHes the strategic merge patch; prints "deployment.apps/x DONE" or the server's error.
void patch_deployment(KubectlCall& call, const Target& target, const JsonValue& patch,
                      std::string_view manager, std::string_view done);

}  // namespace muster
