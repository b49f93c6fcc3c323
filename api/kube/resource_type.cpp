#include "api/kube/resource_type.hpp"

#include <algorithm>

namespace muster::kube {

namespace {

constexpr const char* read = "get list watch";
constexpr const char* write_one = "create delete get list patch update watch";  // the collection stays
constexpr const char* write = "create delete deletecollection get list patch update watch";
constexpr const char* change = "delete deletecollection get list patch update watch";

std::string qualified(const char* name, const char* group) {
  return *group ? std::string(name) + "." + group : name;
}

}  // namespace

const std::vector<ResourceType>& resource_types() {
  static const std::vector<ResourceType> types{
      // The groups in the order of the real server's /apis, their first version the preferred one.
      // clang-format off
      {"", "v1", "namespaces", "namespace", "Namespace", "ns", write_one, "status", Kind::Namespace, false},
      {"", "v1", "nodes", "node", "Node", "no", change, "status", Kind::Node, false},
      {"", "v1", "pods", "pod", "Pod", "po", write, "attach eviction exec log portforward status", Kind::Pod, true, true},
      {"", "v1", "services", "service", "Service", "svc", write, "status", Kind::Service, true, true},
      {"", "v1", "endpoints", "endpoints", "Endpoints", "ep", read, "", Kind::EndpointSlice},
      {"", "v1", "configmaps", "configmap", "ConfigMap", "cm", write, "", Kind::ConfigMap},
      {"", "v1", "secrets", "secret", "Secret", "", write, "", Kind::Secret},
      {"", "v1", "events", "event", "Event", "ev", read, "", Kind::Event},
      {"", "v1", "serviceaccounts", "serviceaccount", "ServiceAccount", "sa", read, "", Kind::Other},
      {"", "v1", "persistentvolumeclaims", "persistentvolumeclaim", "PersistentVolumeClaim", "pvc", write, "status", Kind::PersistentVolumeClaim},
      {"", "v1", "persistentvolumes", "persistentvolume", "PersistentVolume", "pv", write, "status", Kind::PersistentVolume, false},
      {"", "v1", "resourcequotas", "resourcequota", "ResourceQuota", "quota", write, "status", Kind::ResourceQuota},
      {"", "v1", "limitranges", "limitrange", "LimitRange", "limits", read, "", Kind::Other},
      {"apps", "v1", "deployments", "deployment", "Deployment", "deploy", write, "scale status", Kind::Deployment, true, true},
      {"apps", "v1", "replicasets", "replicaset", "ReplicaSet", "rs", write, "scale status", Kind::ReplicaSet, true, true},
      {"apps", "v1", "statefulsets", "statefulset", "StatefulSet", "sts", write, "scale status", Kind::StatefulSet, true, true},
      {"apps", "v1", "daemonsets", "daemonset", "DaemonSet", "ds", write, "status", Kind::DaemonSet, true, true},
      {"apps", "v1", "controllerrevisions", "controllerrevision", "ControllerRevision", "", read, "", Kind::ControllerRevision},
      {"events.k8s.io", "v1", "events", "event", "Event", "ev", read, "", Kind::Event},
      {"authentication.k8s.io", "v1", "selfsubjectreviews", "selfsubjectreview", "SelfSubjectReview", "", "create", "", Kind::Other, false, false, Special::self_review},
      {"authorization.k8s.io", "v1", "selfsubjectaccessreviews", "selfsubjectaccessreview", "SelfSubjectAccessReview", "", "create", "", Kind::Other, false, false, Special::access_review},
      {"authorization.k8s.io", "v1", "selfsubjectrulesreviews", "selfsubjectrulesreview", "SelfSubjectRulesReview", "", "create", "", Kind::Other, false, false, Special::rules_review},
      {"autoscaling", "v2", "horizontalpodautoscalers", "horizontalpodautoscaler", "HorizontalPodAutoscaler", "hpa", write, "status", Kind::HorizontalPodAutoscaler, true, true},
      {"autoscaling", "v1", "horizontalpodautoscalers", "horizontalpodautoscaler", "HorizontalPodAutoscaler", "hpa", write, "status", Kind::HorizontalPodAutoscaler, true, true},
      {"batch", "v1", "jobs", "job", "Job", "", write, "status", Kind::Job, true, true},
      {"batch", "v1", "cronjobs", "cronjob", "CronJob", "cj", write, "status", Kind::CronJob, true, true},
      {"networking.k8s.io", "v1", "networkpolicies", "networkpolicy", "NetworkPolicy", "netpol", write, "", Kind::NetworkPolicy},
      {"networking.k8s.io", "v1", "ingresses", "ingress", "Ingress", "ing", write, "status", Kind::Ingress},
      {"policy", "v1", "poddisruptionbudgets", "poddisruptionbudget", "PodDisruptionBudget", "pdb", write, "status", Kind::PodDisruptionBudget},
      {"storage.k8s.io", "v1", "storageclasses", "storageclass", "StorageClass", "sc", write, "", Kind::StorageClass, false},
      {"coordination.k8s.io", "v1", "leases", "lease", "Lease", "", read, "", Kind::Lease},
      {"discovery.k8s.io", "v1", "endpointslices", "endpointslice", "EndpointSlice", "", read, "", Kind::EndpointSlice},
      {"metrics.k8s.io", "v1beta1", "nodes", "", "NodeMetrics", "", "get list", "", Kind::Node, false, false, Special::node_metrics},
      {"metrics.k8s.io", "v1beta1", "pods", "", "PodMetrics", "", "get list", "", Kind::Pod, true, false, Special::pod_metrics},
      // clang-format on
  };
  return types;
}

const char* subresource_verbs(std::string_view name) {
  if (name == "eviction") return "create";
  if (name == "attach" || name == "exec" || name == "portforward") return "create get";
  if (name == "scale") return "get patch update";
  return "get";
}

const ResourceType* find_resource_type(std::string_view group, std::string_view version,
                                       std::string_view plural) {
  for (const ResourceType& type : resource_types()) {
    if (type.group == group && type.version == version && type.plural == plural) return &type;
  }
  return nullptr;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    if (blank > 0) found.emplace_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return found;
}

std::string ResourceType::api_version() const {
  return *group ? std::string(group) + "/" + version : version;
}

std::string ResourceType::qualified_plural() const {
  return qualified(plural, group);
}

std::string ResourceType::qualified_kind() const {
  return qualified(kind, group);
}

bool ResourceType::allows(std::string_view verb) const {
  const auto all = words(verbs);
  return std::find(all.begin(), all.end(), verb) != all.end();
}

bool ResourceType::has_subresource(std::string_view name) const {
  const auto all = words(subresources);
  return std::find(all.begin(), all.end(), name) != all.end();
}

}  // namespace muster::kube
