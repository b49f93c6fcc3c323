#include "cluster_model/objects.hpp"

#include <string_view>
#include <utility>

#include "sim/assert.hpp"

namespace muster {

namespace {

struct KindName {
  Kind kind;
  const char* name;
  std::string_view api_version;
  const char* plural;
};

constexpr KindName known_kinds[]{
    {Kind::Namespace, "Namespace", "v1", "namespaces"},
    {Kind::Node, "Node", "v1", "nodes"},
    {Kind::ConfigMap, "ConfigMap", "v1", "configmaps"},
    {Kind::Secret, "Secret", "v1", "secrets"},
    {Kind::Service, "Service", "v1", "services"},
    {Kind::EndpointSlice, "EndpointSlice", "discovery.k8s.io/v1", "endpointslices.discovery.k8s.io"},
    {Kind::Deployment, "Deployment", "apps/v1", "deployments.apps"},
    {Kind::ReplicaSet, "ReplicaSet", "apps/v1", "replicasets.apps"},
    {Kind::Pod, "Pod", "v1", "pods"},
    {Kind::StatefulSet, "StatefulSet", "apps/v1", "statefulsets.apps"},
    {Kind::DaemonSet, "DaemonSet", "apps/v1", "daemonsets.apps"},
    {Kind::ControllerRevision, "ControllerRevision", "apps/v1", "controllerrevisions.apps"},
    {Kind::Job, "Job", "batch/v1", "jobs.batch"},
    {Kind::CronJob, "CronJob", "batch/v1", "cronjobs.batch"},
    {Kind::Ingress, "Ingress", "networking.k8s.io/v1", "ingresses.networking.k8s.io"},
    {Kind::PersistentVolumeClaim, "PersistentVolumeClaim", "v1", "persistentvolumeclaims"},
    {Kind::PersistentVolume, "PersistentVolume", "v1", "persistentvolumes"},
    {Kind::StorageClass, "StorageClass", "storage.k8s.io/v1", "storageclasses.storage.k8s.io"},
    {Kind::HorizontalPodAutoscaler, "HorizontalPodAutoscaler", "autoscaling/v2",
     "horizontalpodautoscalers.autoscaling"},
    {Kind::ResourceQuota, "ResourceQuota", "v1", "resourcequotas"},
    {Kind::NetworkPolicy, "NetworkPolicy", "networking.k8s.io/v1", "networkpolicies.networking.k8s.io"},
    {Kind::Event, "Event", "v1", "events"},
    {Kind::PodDisruptionBudget, "PodDisruptionBudget", "policy/v1", "poddisruptionbudgets.policy"},
    {Kind::Lease, "Lease", "coordination.k8s.io/v1", "leases.coordination.k8s.io"},
};

/// "apps/v1" -> "apps"; the core group is empty.
std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

}  // namespace

const char* to_string(Kind kind) {
  for (const KindName& known : known_kinds) {
    if (known.kind == kind) return known.name;
  }
  return "Other";
}

Kind kind_of(std::string_view api_version, std::string_view kind) {
  for (const KindName& known : known_kinds) {
    if (known.name == kind && group_of(known.api_version) == group_of(api_version)) return known.kind;
  }
  return Kind::Other;
}

const char* plural_of(Kind kind) {
  for (const KindName& known : known_kinds) {
    if (known.kind == kind) return known.plural;
  }
  return "objects";
}

const char* api_version_of(Kind kind) {
  for (const KindName& known : known_kinds) {
    if (known.kind == kind) return known.api_version.data();
  }
  return "v1";
}

bool is_namespaced(Kind kind) {
  return kind != Kind::Namespace && kind != Kind::Node && kind != Kind::PersistentVolume &&
         kind != Kind::StorageClass;
}

ObjectKey Object::key() const {
  const Kind known = kind_of(api_version, kind);
  if (known != Kind::Other) return {known, meta.namespace_, meta.name};
  return {Kind::Other, meta.namespace_, kind + "." + std::string(group_of(api_version)) + "/" + meta.name};
}

bool selects(const StringMap& selector, const StringMap& labels) {
  if (selector.empty()) return false;
  for (const auto& [name, value] : selector) {
    const auto found = labels.find(name);
    if (found == labels.end() || found->second != value) return false;
  }
  return true;
}

const OwnerReference* controller_of(const Meta& meta) {
  for (const OwnerReference& owner : meta.owners) {
    if (owner.controller) return &owner;
  }
  return nullptr;
}

ScalingRules default_scale_up() {
  return {0s, ScalingRules::Select::max, {{true, 100, 15s}, {false, 4, 15s}}};
}

ScalingRules default_scale_down() {
  return {300s, ScalingRules::Select::max, {{true, 100, 15s}}};
}

bool is_cpu_quota(const std::string& resource) {
  return resource == "cpu" || resource == "requests.cpu" || resource == "limits.cpu";
}

bool same_text(const Unmodelled& a, const Unmodelled& b) {
  const std::string_view left = a ? std::string_view(*a) : "{}";
  const std::string_view right = b ? std::string_view(*b) : "{}";
  return left == right;
}

const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type) {
  for (const Condition& condition : conditions) {
    if (condition.type == type) return &condition;
  }
  return nullptr;
}

}  // namespace muster
