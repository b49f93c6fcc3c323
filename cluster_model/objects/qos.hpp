// The quality-of-service class of a pod, which decides who goes first when memory is short.
#pragma once

#include "cluster_model/objects/pod.hpp"

namespace muster {

enum class Qos : std::uint8_t { best_effort, burstable, guaranteed };
/// "BestEffort", "Burstable", "Guaranteed"
const char* to_string(Qos qos);
/// From what the containers request and may use (kubernetes/kubernetes pkg/apis/core/v1/helper/qos).
Qos qos_of(const PodSpec& spec);

}  // namespace muster
