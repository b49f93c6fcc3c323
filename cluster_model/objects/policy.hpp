// PodDisruptionBudgets: how many pods of a set voluntary disruptions may take away.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/int_or_percent.hpp"
#include "cluster_model/objects/meta.hpp"

namespace muster {

struct DisruptionStatus {
  std::int64_t observed_generation = 0;
  int disruptions_allowed = 0, current_healthy = 0, desired_healthy = 0, expected_pods = 0;
  std::map<std::string, SimTime> disrupted;  ///< [pod] evicted, and not yet seen to go
  std::vector<Condition> conditions;
  friend bool operator==(const DisruptionStatus&, const DisruptionStatus&) = default;
};

struct PodDisruptionBudget {
  std::optional<IntOrPercent> min_available, max_unavailable;  ///< one of them
  std::optional<StringMap> selector;  ///< matchLabels; empty = every pod of the namespace; absent = none
  DisruptionStatus status;
  Unmodelled spec_rest;
};

}  // namespace muster
