// Who wrote which field: metadata.managedFields, kept as kube-apiserver 1.32 keeps it
// (k8s.io/apimachinery pkg/util/managedfields, sigs.k8s.io/structured-merge-diff/v4 merge.Updater).
// Controllers and kubelets are not written down; status belongs to nobody. Internal to api/kube.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/kube/managed/field_set.hpp"

namespace muster::kube {

struct FieldManager {
  std::string name;         ///< "kubectl-edit"
  std::string api_version;  ///< "apps/v1": of the object as it was sent
  std::string time;         ///< RFC 3339, now
  bool operator==(const FieldManager&) const = default;
};

struct FieldConflict {
  std::string manager;  ///< "\"kubectl-edit\" using apps/v1"
  std::string path;     ///< ".spec.replicas"
};

/// A create, PUT or PATCH: writes into `after` who manages its fields. What changed belongs to `manager`
/// alone; what is gone belongs to nobody. `before` is null if the object is new.
void note_update(const Json& before, Json& after, const SchemaType& type, const FieldManager& manager);

/// Server-side apply: `live` (null: there is none) with `applied` merged in, and what this manager applied
/// before and no longer does taken out, unless others own it. Conflicts if values change that others own and
/// not `force`.
std::variant<Json, std::vector<FieldConflict>> apply_fields(const Json& live, const Json& applied,
                                                            const SchemaType& type,
                                                            const FieldManager& manager, bool force);

}  // namespace muster::kube
