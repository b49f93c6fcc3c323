// StatefulSets, DaemonSets, and the ControllerRevisions that remember their templates.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cluster_model/objects/volume_claim.hpp"
#include "cluster_model/objects/workload.hpp"

namespace muster {

/// One of volumeClaimTemplates: each pod gets a claim NAME-POD of its own.
struct ClaimTemplate {
  std::string name;
  StringMap labels, annotations;
  ClaimSpec spec;
};

struct StatefulSet {
  int replicas = 1;
  LabelSelector selector;
  std::shared_ptr<const PodTemplate> pod_template;
  std::string service_name;
  bool parallel = false;   ///< podManagementPolicy: Parallel, else OrderedReady
  bool on_delete = false;  ///< updateStrategy OnDelete, else RollingUpdate
  int partition = 0;       ///< pods with a lower ordinal keep the current revision
  std::vector<ClaimTemplate> claims;
  SimDuration min_ready{};
  int revision_history_limit = 10;
  struct Status {
    std::int64_t observed_generation = 0;
    int replicas = 0, ready = 0, current = 0, updated = 0, available = 0;
    std::string current_revision, update_revision;  ///< names of ControllerRevisions
    int collision_count = 0;
    friend bool operator==(const Status&, const Status&) = default;
  } status;
  Unmodelled spec_rest;
};

struct DaemonSet {
  LabelSelector selector;
  std::shared_ptr<const PodTemplate> pod_template;
  bool on_delete = false;
  IntOrPercent max_unavailable{1, false};
  SimDuration min_ready{};
  int revision_history_limit = 10;
  struct Status {
    std::int64_t observed_generation = 0;
    int current = 0, misscheduled = 0, desired = 0, ready = 0, updated = 0, available = 0, unavailable = 0;
    friend bool operator==(const Status&, const Status&) = default;
  } status;
  Unmodelled spec_rest;
};

/// One past or present template of a StatefulSet or DaemonSet.
struct ControllerRevision {
  std::int64_t revision = 0;
  std::shared_ptr<const PodTemplate> pod_template;
  Unmodelled data_rest;
};

}  // namespace muster
