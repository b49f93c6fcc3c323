// kube-state-metrics: objects as series (kubernetes/kube-state-metrics docs/metrics).
#include "cluster_model/exporters/exporters.hpp"

namespace muster {
namespace {

void expose_all(const ObjectStore& objects, Kind kind, void (*expose)(const Object&, SampleSink&),
                SampleSink& sink) {
  for (const ObjectPtr& object : objects.list(kind)) expose(*object, sink);
}

}  // namespace

void add_kube_state_target(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  const ObjectStore& objects = view.objects;
  targets.push_back({"kube-state-metrics", "kube-state-metrics:8080", {}, [&objects](SampleSink& sink) {
                       expose_all(objects, Kind::Node, expose_node, sink);
                       expose_all(objects, Kind::ConfigMap, expose_config_map, sink);
                       expose_all(objects, Kind::Deployment, expose_deployment, sink);
                       expose_all(objects, Kind::ReplicaSet, expose_replica_set, sink);
                       expose_all(objects, Kind::Pod, expose_pod, sink);
                       expose_other_workloads(objects, sink);
                       return true;
                     }});
}

void expose_deployment(const Object& object, SampleSink& sink) {
  const Deployment& deployment = object.as<Deployment>();
  const DeploymentStatus& status = deployment.status;
  Labels labels{{"namespace", object.meta.namespace_}, {"deployment", object.meta.name}};
  sink.sample("kube_deployment_spec_replicas", labels, deployment.replicas);
  sink.sample("kube_deployment_spec_paused", labels, deployment.paused ? 1 : 0);
  sink.sample("kube_deployment_metadata_generation", labels, static_cast<double>(object.meta.generation));
  sink.sample("kube_deployment_status_observed_generation", labels,
              static_cast<double>(status.observed_generation));
  sink.sample("kube_deployment_status_replicas", labels, status.replicas);
  sink.sample("kube_deployment_status_replicas_ready", labels, status.ready);
  sink.sample("kube_deployment_status_replicas_available", labels, status.available);
  sink.sample("kube_deployment_status_replicas_unavailable", labels, status.unavailable);
  sink.sample("kube_deployment_status_replicas_updated", labels, status.updated);
  for (const Condition& condition : status.conditions) {
    Labels with_condition = labels;
    put_label(with_condition, "condition", condition.type);
    put_label(with_condition, "reason", condition.reason);
    expose_condition(sink, "kube_deployment_status_condition", with_condition, "status", condition.status);
  }
}

void expose_replica_set(const Object& object, SampleSink& sink) {
  const ReplicaSet& replica_set = object.as<ReplicaSet>();
  Labels labels{{"namespace", object.meta.namespace_}, {"replicaset", object.meta.name}};
  sink.sample("kube_replicaset_spec_replicas", labels, replica_set.replicas);
  sink.sample("kube_replicaset_metadata_generation", labels, static_cast<double>(object.meta.generation));
  sink.sample("kube_replicaset_status_observed_generation", labels,
              static_cast<double>(replica_set.status.observed_generation));
  sink.sample("kube_replicaset_status_replicas", labels, replica_set.status.replicas);
  sink.sample("kube_replicaset_status_fully_labeled_replicas", labels, replica_set.status.fully_labeled);
  sink.sample("kube_replicaset_status_ready_replicas", labels, replica_set.status.ready);
  if (const OwnerReference* owner = controller_of(object.meta)) {
    put_label(labels, "owner_kind", owner->kind);
    put_label(labels, "owner_name", owner->name);
    put_label(labels, "owner_is_controller", "true");
    sink.sample("kube_replicaset_owner", labels, 1);
  }
}

void expose_node(const Object& object, SampleSink& sink) {
  const Node& node = object.as<Node>();
  Labels labels{{"node", object.meta.name}};
  sink.sample("kube_node_spec_unschedulable", labels, node.unschedulable ? 1 : 0);
  labels.emplace_back("condition", "");
  for (const Condition& condition : node.conditions) {
    labels.back().second = condition.type;
    expose_condition(sink, "kube_node_status_condition", labels, "status", condition.status);
  }
}

void expose_config_map(const Object& object, SampleSink& sink) {
  sink.sample("kube_configmap_info", {{"namespace", object.meta.namespace_}, {"configmap", object.meta.name}},
              1);
}

}  // namespace muster
