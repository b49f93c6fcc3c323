// The control plane: API server, controllers, scheduler and kubelets over one object store. Everything reacts
// to changes of the store with its own latency; nothing calls another part directly.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/controllers/autoscaler_controller.hpp"
#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/cron_job_controller.hpp"
#include "cluster_model/controllers/daemon_set_controller.hpp"
#include "cluster_model/controllers/deployment_controller.hpp"
#include "cluster_model/controllers/disruption_controller.hpp"
#include "cluster_model/controllers/endpoint_controller.hpp"
#include "cluster_model/controllers/garbage_collector.hpp"
#include "cluster_model/controllers/ingress_controller.hpp"
#include "cluster_model/controllers/job_controller.hpp"
#include "cluster_model/controllers/node_lifecycle.hpp"
#include "cluster_model/controllers/pod_collector.hpp"
#include "cluster_model/controllers/pod_usage.hpp"
#include "cluster_model/controllers/quota_controller.hpp"
#include "cluster_model/controllers/replica_set_controller.hpp"
#include "cluster_model/controllers/scheduler.hpp"
#include "cluster_model/controllers/service_routing.hpp"
#include "cluster_model/controllers/stateful_set_controller.hpp"
#include "cluster_model/controllers/taint_eviction.hpp"
#include "cluster_model/controllers/volume_controller.hpp"
#include "cluster_model/kubelet/kubelet.hpp"
#include "cluster_model/kubelet/registry.hpp"

namespace muster {

class ControlPlane {
 public:
  ControlPlane(Engine& engine, FactSink& facts, ObjectStore& store, ContainerLogs& logs,
               RequestPath& requests, NodeDisks& disks, const SystemProfile& profile, std::uint64_t seed,
               Epoch epoch = {});

  ApiServer& api() { return api_; }
  NodeHealth& nodes() { return nodes_; }
  Registry& registry() { return registry_; }

  /// Fills an empty cluster with these objects as they are after a quiet night: pods running and ready,
  /// rollouts complete, endpoints known, everything some days old. What cannot run (missing Secret, failing
  /// start-up check, no room) is left to the controllers from time 0 on. Error: the first object that the API
  /// server refuses.
  Result<void> settle(const std::vector<Object>& objects);

  /// Every controller looks at every object again, as real ones do now and then; a settled cluster stays as
  /// it is.
  void resync();

  /// Empty if nothing listens on the pod's address.
  ServerId server_of(const ObjectKey& pod, int service) const;
  /// The kubelet of a node, or null.
  Kubelet* kubelet(const std::string& node) const { return kubelet_of(node); }
  /// The container of a pod that has a worker, or null.
  ContainerWorker* container(const ObjectKey& pod, const std::string& name) const;
  /// Pods that the balancer of a profiled service sends to now.
  std::vector<std::string> targets(int service) const { return routing_.targets(service); }

  /// CPU and memory of a pod as metrics-server last saw them; nothing if it has not yet, or no longer.
  std::optional<Usage> usage(const ObjectKey& pod) const { return usage_.usage(pod); }

  /// Pods are neither lost nor doubled: created - deleted = existing, each bound pod has its worker. Asserts.
  void check_invariants() const;

 private:
  friend class InitialState;
  void watch(const Change& change);
  void tell_pod(const Change& change);
  void add_kubelet(const std::string& node);
  void keep_house();
  std::vector<ContainerUsage> container_usage() const;
  Kubelet* kubelet_of(const std::string& node) const;

  ApiServer api_;
  EventRecorder events_;
  NodeHealth nodes_;
  Registry registry_;
  ControlContext context_;
  ServiceRouting routing_;
  DeploymentController deployments_;
  ReplicaSetController replica_sets_;
  Scheduler scheduler_;
  EndpointController endpoints_;
  GarbageCollector garbage_;
  NodeLifecycle lifecycle_;
  TaintEviction taint_eviction_;
  DisruptionController disruptions_;
  PodCollector pod_collector_;
  StatefulSetController stateful_sets_;
  DaemonSetController daemon_sets_;
  JobController jobs_;
  CronJobController cron_jobs_;
  VolumeController volumes_;
  QuotaController quotas_;
  UsageSampler usage_;
  AutoscalerController autoscalers_;
  IngressController ingresses_;
  std::vector<Controller*> controllers_;                      ///< in the order in which they hear of a change
  std::map<std::string, std::unique_ptr<Kubelet>> kubelets_;  // [node]
  Timer housekeeping_;                                        ///< the kubelets look at memory and disk
  bool settled_ = false;
  std::uint64_t pods_created_ = 0, pods_deleted_ = 0;
};

}  // namespace muster
