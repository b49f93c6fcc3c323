// Kubernetes' own Event object.
#pragma once

#include <string>

#include "cluster_model/objects/meta.hpp"

namespace muster {

/// Kubernetes' own Event object (never what this project calls an event).
struct KubeEvent {
  ObjectKey involved;
  std::string involved_uid, field_path;
  std::string type, reason, message, component, host;
  SimTime first{}, last{};
  int count = 1;
  bool series = false;  ///< written through events.k8s.io: eventTime set, timestamps null
};

}  // namespace muster
