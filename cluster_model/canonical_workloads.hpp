// Canonical texts of what a user decides about the kinds other than the basic ones. Internal to
// canonical.cpp.
#pragma once

#include <string>

#include "cluster_model/objects.hpp"

namespace muster {

std::string canonical_body(const StatefulSet& set);
std::string canonical_body(const DaemonSet& set);
std::string canonical_body(const ControllerRevision& revision);
std::string canonical_body(const Job& job);
std::string canonical_body(const CronJob& cron_job);
std::string canonical_body(const Ingress& ingress);
std::string canonical_body(const PersistentVolumeClaim& claim);
std::string canonical_body(const PersistentVolume& volume);
std::string canonical_body(const StorageClass& storage_class);
std::string canonical_body(const HorizontalPodAutoscaler& autoscaler);
std::string canonical_body(const ResourceQuota& quota);

}  // namespace muster
