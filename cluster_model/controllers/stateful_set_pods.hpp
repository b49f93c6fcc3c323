// The pods of a StatefulSet: stable names, stable claims. Model: kubernetes/kubernetes
// pkg/controller/statefulset/stateful_set_utils.go.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects.hpp"

namespace muster {

/// The number behind the set's name: 2 of "db-2"; -1 if it has none.
int ordinal_of(const Object& set, const Object& pod);
/// The pod of this ordinal from a revision's template, with its volumes and labels.
Object stateful_pod(const Object& set, const Object& revision, int ordinal);
/// The claims that the pod of this ordinal needs: "data-db-2".
std::vector<Object> stateful_claims(const Object& set, int ordinal);

/// The pods by ordinal: [0, replicas) may hold nulls; `condemned` are those beyond, lowest ordinal first.
struct OrdinalPods {
  std::vector<ObjectPtr> wanted, condemned;
};
OrdinalPods by_ordinal(const Object& set, const std::vector<ObjectPtr>& pods);

/// Running, ready and not being deleted.
bool is_healthy(const Object& pod);
bool is_running_and_ready(const Object& pod);

}  // namespace muster
