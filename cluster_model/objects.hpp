// Kubernetes objects as the models see them: typed values for the fields that have behaviour here, and the
// rest of each object kept as the JSON text it came in, so that a round trip loses nothing. JSON is made in
// api/kube. Objects in the store are immutable; a change makes a new version that shares what did not change.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "cluster_model/objects/autoscaler.hpp"
#include "cluster_model/objects/config_data.hpp"
#include "cluster_model/objects/ingress.hpp"
#include "cluster_model/objects/job.hpp"
#include "cluster_model/objects/kind.hpp"
#include "cluster_model/objects/kube_event.hpp"
#include "cluster_model/objects/lease.hpp"
#include "cluster_model/objects/meta.hpp"
#include "cluster_model/objects/network_policy.hpp"
#include "cluster_model/objects/node.hpp"
#include "cluster_model/objects/pod.hpp"
#include "cluster_model/objects/policy.hpp"
#include "cluster_model/objects/quota.hpp"
#include "cluster_model/objects/service.hpp"
#include "cluster_model/objects/stateful_set.hpp"
#include "cluster_model/objects/volume_claim.hpp"
#include "cluster_model/objects/workload.hpp"

namespace muster {

struct Namespace_ {
  std::string phase = "Active";
};

/// Kinds without behaviour: the whole object but its metadata is in `rest`.
struct OtherObject {
  Unmodelled rest;
};

struct Object {
  std::string api_version, kind;  ///< as written: "apps/v1", "Deployment"
  Meta meta;
  // One line each, so that additions do not collide.
  // clang-format off
  std::variant<
      OtherObject,
      Namespace_,
      Node,
      ConfigData,
      Service,
      EndpointSlice,
      Deployment,
      ReplicaSet,
      Pod,
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
      NetworkPolicy,
      KubeEvent,
      PodDisruptionBudget,
      Lease>
      body;
  // clang-format on
  Unmodelled rest{};  ///< what has no place in `meta` and `body`; written and merged back by the codec

  ObjectKey key() const;  ///< from kind and meta
  template <class T>
  const T& as() const {
    return std::get<T>(body);
  }
  template <class T>
  T& as() {
    return std::get<T>(body);
  }
};

using ObjectPtr = std::shared_ptr<const Object>;

}  // namespace muster
