// Taints of nodes and the tolerations of pods.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

struct Taint {
  std::string key, value;
  std::string effect;  ///< NoSchedule, PreferNoSchedule, NoExecute
  std::optional<SimTime> added;
  friend bool operator==(const Taint&, const Taint&) = default;
};

struct Toleration {
  std::string key;                     ///< empty with "Exists" = every key
  std::string op;                      ///< empty = "Equal"; or "Exists"
  std::string value, effect;           ///< empty effect = every effect
  std::optional<SimDuration> seconds;  ///< NoExecute: how long; absent = for ever
  friend bool operator==(const Toleration&, const Toleration&) = default;
};

/// kubernetes/kubernetes pkg/apis/core/v1/helper (ToleratesTaint).
bool tolerates(const Toleration& toleration, const Taint& taint);
/// The first toleration that fits, or null.
const Toleration* toleration_of(const std::vector<Toleration>& tolerations, const Taint& taint);
/// Null if there is none of this key and effect.
const Taint* find_taint(const std::vector<Taint>& taints, const std::string& key, const std::string& effect);

// Well-known keys (kubernetes/api core/v1 well_known_taints.go).
inline constexpr const char* taint_not_ready = "node.kubernetes.io/not-ready";
inline constexpr const char* taint_unreachable = "node.kubernetes.io/unreachable";
inline constexpr const char* taint_unschedulable = "node.kubernetes.io/unschedulable";
inline constexpr const char* taint_memory_pressure = "node.kubernetes.io/memory-pressure";
inline constexpr const char* taint_disk_pressure = "node.kubernetes.io/disk-pressure";
inline constexpr const char* taint_pid_pressure = "node.kubernetes.io/pid-pressure";

}  // namespace muster
