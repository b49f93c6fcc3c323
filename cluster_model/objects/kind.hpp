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
  Event,
  PodDisruptionBudget,
  Lease,
  Other  ///< stored and returned, without behaviour; named by lint
};
const char* to_string(Kind kind);
/// By API group and kind as written ("apps/v1", "Deployment"); the version is not looked at.
Kind kind_of(std::string_view api_version, std::string_view kind);
/// False for Namespace and Node. Of Kind::Other the caller must know it (true here).
bool is_namespaced(Kind kind);

struct ObjectKey {
  Kind kind = Kind::Other;
  std::string namespace_;  ///< empty for cluster-scoped kinds
  std::string name;        ///< for Kind::Other: "Kind.group/name", so that kinds do not clash
  friend auto operator<=>(const ObjectKey&, const ObjectKey&) = default;
};

}  // namespace muster
