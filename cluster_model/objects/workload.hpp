// Deployments and ReplicaSets.
#pragma once

#include <memory>
#include <vector>

#include "cluster_model/objects/int_or_percent.hpp"
#include "cluster_model/objects/label_selector.hpp"
#include "cluster_model/objects/pod.hpp"

namespace muster {

struct DeploymentStatus {
  std::int64_t observed_generation = 0;
  int replicas = 0, updated = 0, ready = 0, available = 0, unavailable = 0;
  std::vector<Condition> conditions;  ///< Available, Progressing, ReplicaFailure
  int collision_count = 0;            ///< names of new sets that were taken
  friend bool operator==(const DeploymentStatus&, const DeploymentStatus&) = default;
};

struct Deployment {
  int replicas = 1;
  LabelSelector selector;
  std::shared_ptr<const PodTemplate> pod_template;
  bool recreate = false;  ///< strategy.type
  IntOrPercent max_surge, max_unavailable;
  SimDuration min_ready{}, progress_deadline{600s};
  int revision_history_limit = 10;
  bool paused = false;
  DeploymentStatus status;
  Unmodelled spec_rest;
};

struct ReplicaSet {
  int replicas = 1;
  LabelSelector selector;
  std::shared_ptr<const PodTemplate> pod_template;
  SimDuration min_ready{};
  struct Status {
    std::int64_t observed_generation = 0;
    int replicas = 0, fully_labeled = 0, ready = 0, available = 0;
    std::vector<Condition> conditions;  ///< ReplicaFailure
    friend bool operator==(const Status&, const Status&) = default;
  } status;
  Unmodelled spec_rest;
};

}  // namespace muster
