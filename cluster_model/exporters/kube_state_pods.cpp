// kube-state-metrics' series of pods and their containers (kubernetes/kube-state-metrics
// docs/metrics/workload/ pod-metrics.md). A series that does not apply is absent, not zero.
#include <cmath>

#include "cluster_model/exporters/exporters.hpp"

namespace muster {
namespace {

void expose_info(const Object& object, Labels labels, SampleSink& sink) {
  const Pod& pod = object.as<Pod>();
  put_label(labels, "host_ip", pod.status.host_ip);
  put_label(labels, "pod_ip", pod.status.pod_ip);
  put_label(labels, "node", pod.spec.node_name);
  if (const OwnerReference* owner = controller_of(object.meta)) {
    put_label(labels, "created_by_kind", owner->kind);
    put_label(labels, "created_by_name", owner->name);
  }
  put_label(labels, "host_network", "false");
  sink.sample("kube_pod_info", labels, 1);
}

void expose_phase(const Pod& pod, Labels& labels, SampleSink& sink) {
  labels.emplace_back("phase", "");
  for (const char* phase : {"Pending", "Running", "Succeeded", "Failed", "Unknown"}) {
    labels.back().second = phase;
    sink.sample("kube_pod_status_phase", labels, pod.status.phase == phase ? 1 : 0);
  }
  labels.pop_back();
}

void expose_reason(std::string_view metric, Labels& labels, const std::string& reason, SampleSink& sink) {
  if (reason.empty()) return;
  labels.emplace_back("reason", reason);
  sink.sample(metric, labels, 1);
  labels.pop_back();
}

/// Who it belongs to, what it is called, and its moments.
void expose_life(const Object& object, const Labels& labels, Epoch epoch, SampleSink& sink) {
  const PodStatus& status = object.as<Pod>().status;
  sink.sample("kube_pod_created", labels, std::floor(unix_seconds_of(epoch, object.meta.created)));
  if (status.start_time)
    sink.sample("kube_pod_start_time", labels, std::floor(unix_seconds_of(epoch, *status.start_time)));
  if (object.meta.deletion_at)
    sink.sample("kube_pod_deletion_timestamp", labels,
                std::floor(unix_seconds_of(epoch, *object.meta.deletion_at)));
  if (const OwnerReference* owner = controller_of(object.meta)) {
    Labels owned = labels;
    put_label(owned, "owner_kind", owner->kind);
    put_label(owned, "owner_name", owner->name);
    put_label(owned, "owner_is_controller", "true");
    sink.sample("kube_pod_owner", owned, 1);
  }
  expose_labels(sink, "kube_pod_labels", labels, object);
}

void expose_conditions(const Pod& pod, Labels& labels, SampleSink& sink) {
  for (const Condition& condition : pod.status.conditions) {
    if (condition.type == "Ready")
      expose_condition(sink, "kube_pod_status_ready", labels, "condition", condition.status);
    if (condition.type != "PodScheduled") continue;
    expose_condition(sink, "kube_pod_status_scheduled", labels, "condition", condition.status);
    if (condition.status == "False" && condition.reason == "Unschedulable")
      sink.sample("kube_pod_status_unschedulable", labels, 1);
  }
}

void expose_container_info(const Container& spec, const ContainerStatus& status, Labels labels,
                           SampleSink& sink) {
  put_label(labels, "image", status.image);
  put_label(labels, "image_spec", spec.image);
  put_label(labels, "container_id", status.state.container_id);
  sink.sample("kube_pod_container_info", labels, 1);
}

void expose_status(const ContainerStatus& container, Labels& labels, Epoch epoch, SampleSink& sink) {
  using Phase = ContainerState::Phase;
  const Phase phase = container.state.phase;
  sink.sample("kube_pod_container_status_running", labels, phase == Phase::running ? 1 : 0);
  sink.sample("kube_pod_container_status_waiting", labels, phase == Phase::waiting ? 1 : 0);
  sink.sample("kube_pod_container_status_terminated", labels, phase == Phase::terminated ? 1 : 0);
  sink.sample("kube_pod_container_status_ready", labels, container.ready ? 1 : 0);
  sink.sample("kube_pod_container_status_restarts_total", labels, container.restarts);
  if (phase == Phase::waiting) {
    expose_reason("kube_pod_container_status_waiting_reason", labels, container.state.reason, sink);
  }
  if (phase == Phase::terminated) {
    expose_reason("kube_pod_container_status_terminated_reason", labels, container.state.reason, sink);
  }
  if (container.last_state.phase == Phase::terminated) {
    expose_reason("kube_pod_container_status_last_terminated_reason", labels, container.last_state.reason,
                  sink);
    sink.sample("kube_pod_container_status_last_terminated_exitcode", labels, container.last_state.exit_code);
    sink.sample("kube_pod_container_status_last_terminated_timestamp", labels,
                std::floor(unix_seconds_of(epoch, container.last_state.finished_at)));
  }
}

void expose_quantity(std::string_view metric, Labels& labels, const char* resource, const char* unit,
                     std::optional<std::int64_t> quantity, double scale, SampleSink& sink) {
  if (!quantity) return;
  labels.emplace_back("resource", resource);
  labels.emplace_back("unit", unit);
  sink.sample(metric, labels, static_cast<double>(*quantity) / scale);
  labels.resize(labels.size() - 2);
}

void expose_resources(const Pod& pod, const Container& container, Labels labels, SampleSink& sink) {
  put_label(labels, "node", pod.spec.node_name);
  const Resources& resources = container.resources;
  constexpr std::string_view requests = "kube_pod_container_resource_requests";
  constexpr std::string_view limits = "kube_pod_container_resource_limits";
  expose_quantity(requests, labels, "cpu", "core", resources.cpu_request, 1000, sink);
  expose_quantity(requests, labels, "memory", "byte", resources.memory_request, 1, sink);
  expose_quantity(limits, labels, "cpu", "core", resources.cpu_limit, 1000, sink);
  expose_quantity(limits, labels, "memory", "byte", resources.memory_limit, 1, sink);
}

}  // namespace

void expose_pod(const Object& object, Epoch epoch, SampleSink& sink) {
  const Pod& pod = object.as<Pod>();
  Labels labels{{"namespace", object.meta.namespace_}, {"pod", object.meta.name}};
  put_label(labels, "uid", object.meta.uid);
  expose_info(object, labels, sink);
  expose_life(object, labels, epoch, sink);
  expose_phase(pod, labels, sink);
  expose_reason("kube_pod_status_reason", labels, pod.status.reason, sink);
  expose_conditions(pod, labels, sink);
  labels.emplace_back("container", "");
  for (std::size_t i = 0; i < pod.status.containers.size(); ++i) {
    const ContainerStatus& container = pod.status.containers[i];
    labels.back().second = container.name;
    if (i < pod.spec.containers.size())
      expose_container_info(pod.spec.containers[i], container, labels, sink);
    expose_status(container, labels, epoch, sink);
  }
  for (const Container& container : pod.spec.containers) {
    labels.back().second = container.name;
    expose_resources(pod, container, labels, sink);
  }
}

}  // namespace muster
