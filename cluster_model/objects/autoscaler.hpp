// HorizontalPodAutoscalers (autoscaling/v2; v1 is converted in api/kube).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

/// A Resource metric; other kinds of metrics are refused.
struct AutoscalerMetric {
  std::string resource;                ///< "cpu" or "memory"
  std::optional<int> utilization;      ///< percent of the request
  std::optional<std::int64_t> amount;  ///< averageValue: millicores or bytes per pod
  friend bool operator==(const AutoscalerMetric&, const AutoscalerMetric&) = default;
};

struct ScalingPolicy {
  bool percent = true;  ///< else pods
  int value = 100;
  SimDuration period{15s};
  friend bool operator==(const ScalingPolicy&, const ScalingPolicy&) = default;
};

/// One direction of spec.behavior.
struct ScalingRules {
  enum class Select : std::uint8_t { max, min, disabled };
  SimDuration stabilization{};
  Select select = Select::max;
  std::vector<ScalingPolicy> policies;
  friend bool operator==(const ScalingRules&, const ScalingRules&) = default;
};

/// What was measured last, as status.currentMetrics shows it.
struct MeasuredMetric {
  std::string resource;
  std::optional<int> utilization;
  std::int64_t amount = 0;  ///< average per pod
  friend bool operator==(const MeasuredMetric&, const MeasuredMetric&) = default;
};

struct HorizontalPodAutoscaler {
  std::string target_api_version, target_kind, target_name;
  int min_replicas = 1, max_replicas = 1;
  std::vector<AutoscalerMetric> metrics;  ///< absent: cpu at 80 % (pkg/apis/autoscaling/v2/defaults.go)
  std::optional<ScalingRules> scale_up, scale_down;  ///< absent: the defaults
  struct Status {
    std::int64_t observed_generation = 0;
    int current = 0, desired = 0;
    std::optional<SimTime> last_scale;
    std::vector<MeasuredMetric> metrics;
    std::vector<Condition> conditions;  ///< AbleToScale, ScalingActive, ScalingLimited
    friend bool operator==(const Status&, const Status&) = default;
  } status;
  Unmodelled spec_rest;
};

/// kubernetes/kubernetes pkg/apis/autoscaling/v2/defaults.go: up at most max(100 %, 4 pods) per 15 s, at
/// once; down at most 100 % per 15 s, after 300 s of lower recommendations.
ScalingRules default_scale_up();
ScalingRules default_scale_down();

}  // namespace muster
