// kube-state-metrics: objects as series (kubernetes/kube-state-metrics docs/metrics). This file: who is asked
// for what, and the objects that are no workloads.
#include <array>
#include <cmath>

#include "cluster_model/exporters/exporters.hpp"

namespace muster {
namespace {

void expose_node(const Object& object, Epoch epoch, SampleSink& sink) {
  const Node& node = object.as<Node>();
  Labels labels{{"node", object.meta.name}};
  sink.sample("kube_node_info", labels, 1);
  sink.sample("kube_node_created", labels, std::floor(unix_seconds_of(epoch, object.meta.created)));
  sink.sample("kube_node_spec_unschedulable", labels, node.unschedulable ? 1 : 0);
  const std::array<std::tuple<const char*, const char*, double>, 3> amounts{
      {{"cpu", "core", static_cast<double>(node.cpu_millis) / 1000},
       {"memory", "byte", static_cast<double>(node.memory_bytes)},
       {"pods", "integer", static_cast<double>(node.pods)}}};
  for (const auto& [resource, unit, amount] : amounts) {
    const Labels one{{"node", object.meta.name}, {"resource", resource}, {"unit", unit}};
    sink.sample("kube_node_status_allocatable", one, amount);
    sink.sample("kube_node_status_capacity", one, amount);  // the model reserves nothing for the system
  }
  for (const Taint& taint : node.taints) {
    Labels one = labels;
    put_label(one, "key", taint.key);
    put_label(one, "value", taint.value);
    put_label(one, "effect", taint.effect);
    sink.sample("kube_node_spec_taint", one, 1);
  }
  labels.emplace_back("condition", "");
  for (const Condition& condition : node.conditions) {
    labels.back().second = condition.type;
    expose_condition(sink, "kube_node_status_condition", labels, "status", condition.status);
  }
}

void expose_namespace(const Object& object, Epoch, SampleSink& sink) {
  for (const char* phase : {"Active", "Terminating"}) {
    const bool ends = object.meta.deletion_at.has_value();
    sink.sample("kube_namespace_status_phase", {{"namespace", object.meta.name}, {"phase", phase}},
                ends == (phase == std::string_view("Terminating")) ? 1 : 0);
  }
}

void expose_config_map(const Object& object, Epoch, SampleSink& sink) {
  sink.sample("kube_configmap_info", {{"namespace", object.meta.namespace_}, {"configmap", object.meta.name}},
              1);
}

void expose_secret(const Object& object, Epoch, SampleSink& sink) {
  sink.sample("kube_secret_info", {{"namespace", object.meta.namespace_}, {"secret", object.meta.name}}, 1);
}

void expose_service(const Object& object, Epoch, SampleSink& sink) {
  Labels labels{{"namespace", object.meta.namespace_}, {"service", object.meta.name}};
  put_label(labels, "cluster_ip", object.as<Service>().cluster_ip);
  sink.sample("kube_service_info", labels, 1);
}

/// As the Endpoints object of the same Service would be shown, which is made from the slices.
void expose_endpoints(const Object& object, Epoch, SampleSink& sink) {
  const EndpointSlice& slice = object.as<EndpointSlice>();
  for (const Endpoint& endpoint : slice.endpoints) {
    Labels labels{{"namespace", object.meta.namespace_}, {"endpoint", slice.service}};
    put_label(labels, "ip", endpoint.ip);
    put_label(labels, "ready", endpoint.ready ? "true" : "false");
    for (const ServicePort& port : slice.ports) {
      Labels one = labels;
      put_label(one, "port_name", port.name);
      put_label(one, "port_number", port.target_port.empty() ? std::to_string(port.port) : port.target_port);
      put_label(one, "port_protocol", port.protocol);
      sink.sample("kube_endpoint_address", one, 1);
    }
    if (slice.ports.empty()) sink.sample("kube_endpoint_address", labels, 1);
  }
}

void expose_volume(const Object& object, Epoch, SampleSink& sink) {
  const auto& volume = object.as<PersistentVolume>();
  const Labels labels{{"persistentvolume", object.meta.name}};
  sink.sample("kube_persistentvolume_capacity_bytes", labels, static_cast<double>(volume.capacity_bytes));
  for (const char* phase : {"Available", "Bound", "Failed", "Pending", "Released"}) {
    Labels one = labels;
    put_label(one, "phase", phase);
    sink.sample("kube_persistentvolume_status_phase", one, volume.phase == phase ? 1 : 0);
  }
}

}  // namespace

std::span<const ExposedKind> exposed_cluster() {
  static constexpr std::array<ExposedKind, 7> kinds{{{Kind::Node, expose_node},
                                                     {Kind::Namespace, expose_namespace},
                                                     {Kind::ConfigMap, expose_config_map},
                                                     {Kind::Secret, expose_secret},
                                                     {Kind::Service, expose_service},
                                                     {Kind::EndpointSlice, expose_endpoints},
                                                     {Kind::PersistentVolume, expose_volume}}};
  return kinds;
}

void add_kube_state_target(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  targets.push_back({"kube-state-metrics",
                     "kube-state-metrics:8080",
                     {},
                     [&objects = view.objects, epoch = view.epoch](SampleSink& sink) {
                       const auto each = [&](const ExposedKind& exposed) {
                         for (const ObjectPtr& object : objects.list(exposed.kind))
                           exposed.expose(*object, epoch, sink);
                       };
                       for (const ExposedKind& exposed : exposed_cluster()) each(exposed);
                       for (const ExposedKind& exposed : exposed_workloads()) each(exposed);
                       each({Kind::Pod, expose_pod});
                       return true;
                     }});
}

}  // namespace muster
