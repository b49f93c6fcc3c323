// How many pods an autoscaler wants. Model: kubernetes/kubernetes pkg/controller/podautoscaler
// replica_calculator.go (metrics to replicas) and horizontal.go (stabilisation, policies, bounds).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/autoscaler.hpp"
#include "cluster_model/objects/pod.hpp"
#include "sim/result.hpp"

namespace muster {

inline constexpr double autoscale_tolerance = 0.1;  ///< --horizontal-pod-autoscaler-tolerance
inline constexpr SimDuration cpu_initialization =
    300s;  ///< --horizontal-pod-autoscaler-cpu-initialization-period
inline constexpr SimDuration initial_readiness =
    30s;  ///< --horizontal-pod-autoscaler-initial-readiness-delay

/// One pod of the target for one metric; amounts in millicores or bytes.
struct MeasuredPod {
  enum class State : std::uint8_t { ready, unready, ignored };
  std::string name;
  State state = State::ready;
  std::optional<std::int64_t> usage;  ///< absent: missing metric
  std::int64_t request = 0;
};
/// Ready, not yet to be counted (CPU of a pod that is starting), or out of the account (failed, dying).
MeasuredPod::State measured_state(const std::string& resource, const Pod& pod, bool deleted,
                                  std::optional<SimTime> sampled, SimDuration window, SimTime now);

struct Recommendation {
  int replicas = 0;
  MeasuredMetric measured;
};
/// Error: invalid_input with the real controller's words ("did not receive metrics for targeted pods ...").
Result<Recommendation> recommend(const AutoscalerMetric& metric, int current,
                                 const std::vector<MeasuredPod>& pods);

/// What the autoscaler remembers between rounds.
struct ScaleMemory {
  struct Entry {
    SimTime at{};
    int value = 0;
  };
  std::vector<Entry> recommendations;  ///< before stabilisation
  std::vector<Entry> changes;          ///< replicas added (> 0) or removed (< 0)
};
/// The recommendation after both stabilisation windows; what is older than both is forgotten.
int stabilized(ScaleMemory& memory, const ScalingRules& up, const ScalingRules& down, int current,
               int desired, SimTime now);

struct LimitedScale {
  int replicas = 0;
  std::string reason;  ///< DesiredWithinRange, TooManyReplicas, TooFewReplicas, ScaleUpLimit, ScaleDownLimit
  std::string message;
};
LimitedScale limited(const HorizontalPodAutoscaler& autoscaler, const ScaleMemory& memory, int current,
                     int desired, SimTime now);

}  // namespace muster
