// What the API server refuses of the kinds beyond the basic ones. Internal to object_validation.cpp; the same
// rules: Kubernetes' words (pkg/apis/*/validation), `where` is the JSON pointer of the field.
#pragma once

#include "cluster_model/objects.hpp"
#include "sim/result.hpp"

namespace muster {

/// Who the pod is for decides which restart policies it may have.
enum class PodSpecUse : std::uint8_t { bare, template_, job };
Result<void> check_pod_spec(const PodSpec& spec, PodSpecUse use, const std::string& where);
/// `spec` is the pointer of the object that holds the template.
Result<void> check_template(const LabelSelector& selector, const PodTemplate* pod_template, PodSpecUse use,
                            const std::string& spec);
/// "field is immutable" at `where`.
Error immutable_field(const char* where);
Result<void> check_selector(const LabelSelector& selector);

Result<void> validate_workload(const StatefulSet& set);
Result<void> validate_workload(const DaemonSet& set);
Result<void> validate_workload(const Job& job);
Result<void> validate_workload(const CronJob& cron_job);
Result<void> validate_workload(const Ingress& ingress);
Result<void> validate_workload(const PersistentVolumeClaim& claim);
Result<void> validate_workload(const HorizontalPodAutoscaler& autoscaler);
Result<void> validate_workload(const ResourceQuota& quota);
template <class Other>
Result<void> validate_workload(const Other&) {
  return {};
}

/// What must stay of those kinds.
Result<void> validate_workload_update(const Object& before, const Object& after);

}  // namespace muster
