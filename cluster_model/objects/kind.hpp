// Which kinds of Kubernetes objects have behaviour here, and what names one object.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace muster {

enum class Kind : std::uint8_t {
  Namespace,
  Node,
  ConfigMap,
  Secret,
  Service,
  EndpointSlice,
  Deployment,
  ReplicaSet,
  Pod,
  NetworkPolicy,
  StatefulSet,
  DaemonSet,
  ControllerRevision,
  Job,
  CronJob,
  Ingress,
  PersistentVolumeClaim,
  PersistentVolume,
  StorageClass,
  HorizontalPodAutoscaler,
  ResourceQuota,
  Event,
  PodDisruptionBudget,
  Lease,
  Other  ///< stored and returned, without behaviour; named by lint
};
const char* to_string(Kind kind);
/// By API group and kind as written ("apps/v1", "Deployment"); the version is not looked at.
Kind kind_of(std::string_view api_version, std::string_view kind);
/// "apps/v1"; "v1" of Kind::Other.
const char* api_version_of(Kind kind);
/// "deployments.apps": how messages name the kind's objects; "objects" of Kind::Other.
const char* plural_of(Kind kind);
/// False for Namespace, Node, PersistentVolume and StorageClass. Of Kind::Other the caller must know it (true
/// here).
bool is_namespaced(Kind kind);

struct ObjectKey {
  Kind kind = Kind::Other;
  std::string namespace_;  ///< empty for cluster-scoped kinds
  std::string name;        ///< for Kind::Other: "Kind.group/name", so that kinds do not clash
  friend auto operator<=>(const ObjectKey&, const ObjectKey&) = default;
};

}  // namespace muster
