#include "responders/kubectl/resource_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr std::array types{
    ResourceType{"pods", "pod", "Pod", "", "v1", "po"},
    ResourceType{"services", "service", "Service", "", "v1", "svc"},
    ResourceType{"deployments", "deployment", "Deployment", "apps", "v1", "deploy"},
    ResourceType{"replicasets", "replicaset", "ReplicaSet", "apps", "v1", "rs"},
    ResourceType{"configmaps", "configmap", "ConfigMap", "", "v1", "cm"},
    ResourceType{"secrets", "secret", "Secret", "", "v1", ""},
    ResourceType{"endpoints", "endpoints", "Endpoints", "", "v1", "ep"},
    ResourceType{"events", "event", "Event", "", "v1", "ev"},
    ResourceType{"nodes", "node", "Node", "", "v1", "no", false},
    ResourceType{"namespaces", "namespace", "Namespace", "", "v1", "ns", false},
    ResourceType{"serviceaccounts", "serviceaccount", "ServiceAccount", "", "v1", "sa"},
    ResourceType{"persistentvolumeclaims", "persistentvolumeclaim", "PersistentVolumeClaim", "", "v1", "pvc"},
    ResourceType{"statefulsets", "statefulset", "StatefulSet", "apps", "v1", "sts"},
    ResourceType{"daemonsets", "daemonset", "DaemonSet", "apps", "v1", "ds"},
    ResourceType{"jobs", "job", "Job", "batch", "v1", ""},
    ResourceType{"cronjobs", "cronjob", "CronJob", "batch", "v1", "cj"},
    ResourceType{"endpointslices", "endpointslice", "EndpointSlice", "discovery.k8s.io", "v1", ""},
    ResourceType{"horizontalpodautoscalers", "horizontalpodautoscaler", "HorizontalPodAutoscaler",
                 "autoscaling", "v2", "hpa"},
    ResourceType{"networkpolicies", "networkpolicy", "NetworkPolicy", "networking.k8s.io", "v1", "netpol"},
    ResourceType{"ingresses", "ingress", "Ingress", "networking.k8s.io", "v1", "ing"},
    ResourceType{"poddisruptionbudgets", "poddisruptionbudget", "PodDisruptionBudget", "policy", "v1", "pdb"},
    ResourceType{"persistentvolumes", "persistentvolume", "PersistentVolume", "", "v1", "pv", false},
    ResourceType{"resourcequotas", "resourcequota", "ResourceQuota", "", "v1", "quota"},
    ResourceType{"limitranges", "limitrange", "LimitRange", "", "v1", "limits"},
    ResourceType{"controllerrevisions", "controllerrevision", "ControllerRevision", "apps", "v1", ""},
    ResourceType{"storageclasses", "storageclass", "StorageClass", "storage.k8s.io", "v1", "sc", false},
    ResourceType{"events", "event", "Event", "events.k8s.io", "v1", "ev"},
    ResourceType{"leases", "lease", "Lease", "coordination.k8s.io", "v1", ""},
};

}  // namespace

std::span<const ResourceType> resource_types() {
  return types;
}

const ResourceType* find_resource_type(std::string_view word) {
  const std::string lower = lower_case(word);
  const auto dot = lower.find('.');
  const std::string name = lower.substr(0, dot);
  const std::string group = dot == std::string::npos ? "" : lower.substr(dot + 1);
  const auto matches = [&](const ResourceType& type) {
    const bool named = name == type.plural || name == type.singular ||
                       (!type.short_names.empty() && name == type.short_names);
    return named &&
           (group.empty() || group == type.group || group == fmt::format("{}.{}", type.version, type.group));
  };
  const auto found = std::find_if(types.begin(), types.end(), matches);
  return found == types.end() ? nullptr : &*found;
}

const ResourceType* find_resource_kind(std::string_view api_version, std::string_view kind) {
  const auto found = std::find_if(types.begin(), types.end(), [&](const ResourceType& type) {
    const std::string own =
        type.group.empty() ? std::string(type.version) : fmt::format("{}/{}", type.group, type.version);
    return type.kind == kind && own == api_version;
  });
  return found == types.end() ? nullptr : &*found;
}

std::string collection_path(const ResourceType& type, std::string_view namespace_) {
  const std::string root = type.group.empty() ? fmt::format("/api/{}", type.version)
                                              : fmt::format("/apis/{}/{}", type.group, type.version);
  if (!type.namespaced || namespace_.empty()) return fmt::format("{}/{}", root, type.plural);
  return fmt::format("{}/namespaces/{}/{}", root, percent_encoded(namespace_), type.plural);
}

std::string object_path(const ResourceType& type, std::string_view namespace_, std::string_view name) {
  return collection_path(type, namespace_) + "/" + percent_encoded(name);
}

std::string printed_type(const ResourceType& type) {
  return type.group.empty() ? std::string(type.singular) : fmt::format("{}.{}", type.singular, type.group);
}

std::string printed_name(const ResourceType& type, std::string_view name) {
  return fmt::format("{}/{}", printed_type(type), name);
}

std::string qualified_plural(const ResourceType& type) {
  return type.group.empty() ? std::string(type.plural) : fmt::format("{}.{}", type.plural, type.group);
}

}  // namespace muster
