#include "cluster_model/canonical.hpp"

#include <fmt/format.h>

#include "cluster_model/canonical_text.hpp"
#include "cluster_model/canonical_workloads.hpp"
#include "cluster_model/names.hpp"

namespace muster {

namespace {

using Text = CanonicalText;

std::string env_text(const EnvVar& env) {
  return Text()
      .add("name", env.name)
      .add("from", static_cast<std::int64_t>(env.from))
      .add("value", env.value)
      .add("object", env.object)
      .add("key", env.key)
      .add("optional", static_cast<std::int64_t>(env.optional))
      .add("rest", env.rest)
      .take();
}

std::string env_from_text(const EnvFrom& from) {
  return Text()
      .add("secret", static_cast<std::int64_t>(from.secret))
      .add("object", from.object)
      .add("prefix", from.prefix)
      .add("optional", static_cast<std::int64_t>(from.optional))
      .take();
}

std::string port_text(const ContainerPort& port) {
  return Text().add("name", port.name).add("port", static_cast<std::int64_t>(port.port)).take();
}

std::string probe_text(const std::optional<Probe>& probe) {
  if (!probe) return {};
  return Text()
      .add("handler", static_cast<std::int64_t>(probe->handler))
      .add("path", probe->path)
      .add("port", probe->port)
      .add("delay", probe->initial_delay)
      .add("period", probe->period)
      .add("timeout", probe->timeout)
      .add("success", static_cast<std::int64_t>(probe->success_threshold))
      .add("failure", static_cast<std::int64_t>(probe->failure_threshold))
      .add("rest", probe->rest)
      .take();
}

std::string mount_text(const VolumeMount& mount) {
  return Text()
      .add("name", mount.name)
      .add("path", mount.path)
      .add("subPath", mount.sub_path)
      .add("readOnly", static_cast<std::int64_t>(mount.read_only))
      .add("rest", mount.rest)
      .take();
}

std::string item_text(const KeyToPath& item) {
  return Text().add("key", item.key).add("path", item.path).take();
}

std::string volume_text(const Volume& volume) {
  return Text()
      .add("name", volume.name)
      .add("from", static_cast<std::int64_t>(volume.from))
      .add("object", volume.object)
      .add("optional", static_cast<std::int64_t>(volume.optional))
      .list("item", volume.items, item_text)
      .add("memory", static_cast<std::int64_t>(volume.in_memory))
      .add("limit", volume.size_limit)
      .add("rest", volume.rest)
      .take();
}

std::string toleration_text(const Toleration& toleration) {
  Text text;
  text.add("key", toleration.key)
      .add("operator", toleration.op == "Equal" ? std::string() : toleration.op)
      .add("value", toleration.value)
      .add("effect", toleration.effect);
  if (toleration.seconds) text.add("seconds", *toleration.seconds);
  return text.take();
}

std::string taint_text(const Taint& taint) {
  return Text().add("key", taint.key).add("value", taint.value).add("effect", taint.effect).take();
}

std::string container_text(const Container& container) {
  const Resources& resources = container.resources;
  return Text()
      .add("name", container.name)
      .add("image", container.image)
      .add("pull", container.image_pull_policy)
      .list("env", container.env, env_text)
      .list("envFrom", container.env_from, env_from_text)
      .list("ports", container.ports, port_text)
      .add("cpuRequest", resources.cpu_request)
      .add("cpuLimit", resources.cpu_limit)
      .add("memoryRequest", resources.memory_request)
      .add("memoryLimit", resources.memory_limit)
      .add("startup", probe_text(container.startup))
      .add("readiness", probe_text(container.readiness))
      .add("liveness", probe_text(container.liveness))
      .list("mount", container.mounts, mount_text)
      .add("rest", container.rest)
      .take();
}

std::string service_port_text(const ServicePort& port) {
  return Text()
      .add("name", port.name)
      .add("protocol", port.protocol)
      .add("target", port.target_port)
      .add("port", static_cast<std::int64_t>(port.port))
      .take();
}

std::string selector_text(const LabelSelector& selector) {
  return Text()
      .add("labels", selector.match_labels)
      .list("expression", selector.expressions,
            [](const SelectorRequirement& requirement) {
              return Text()
                  .add("key", requirement.key)
                  .add("op", requirement.op)
                  .list("value", requirement.values, [](const std::string& value) { return value; })
                  .take();
            })
      .take();
}

std::string policy_peer_text(const PolicyPeer& peer) {
  return Text()
      .add("pods", peer.pods ? "[" + selector_text(*peer.pods) + "]" : std::string())
      .add("namespaces", peer.namespaces ? "[" + selector_text(*peer.namespaces) + "]" : std::string())
      .add("cidr", peer.cidr)
      .list("except", peer.except, [](const std::string& range) { return range; })
      .take();
}

std::string policy_rule_text(const PolicyRule& rule) {
  return Text()
      .list("peer", rule.peers, policy_peer_text)
      .list("port", rule.ports,
            [](const PolicyPort& port) {
              return fmt::format("{} {} {}", port.protocol, port.port, port.end_port);
            })
      .take();
}

std::string limit_text(const IntOrPercent& limit) {
  return fmt::format("{}{}", limit.value, limit.percent ? "%" : "");
}

struct SpecText {
  std::string operator()(const OtherObject& other) const { return canonical_json(other.rest); }
  std::string operator()(const Namespace_&) const { return {}; }
  std::string operator()(const KubeEvent&) const { return {}; }
  std::string operator()(const Pod& pod) const { return canonical_pod_spec(pod.spec); }
  template <class Other>
  std::string operator()(const Other& other) const {
    return canonical_body(other);
  }
  std::string operator()(const EndpointSlice& slice) const {
    return Text().add("service", slice.service).list("ports", slice.ports, service_port_text).take();
  }
  std::string operator()(const Node& node) const {
    return Text()
        .add("cpu", node.cpu_millis)
        .add("memory", node.memory_bytes)
        .add("pods", node.pods)
        .add("unschedulable", static_cast<std::int64_t>(node.unschedulable))
        .list("taint", node.taints, taint_text)
        .add("rest", node.spec_rest)
        .take();
  }
  std::string operator()(const PodDisruptionBudget& budget) const {
    Text text;
    if (budget.min_available) text.add("minAvailable", limit_text(*budget.min_available));
    if (budget.max_unavailable) text.add("maxUnavailable", limit_text(*budget.max_unavailable));
    if (budget.selector) text.add("selector", std::int64_t{1}).add("labels", *budget.selector);
    return text.add("rest", budget.spec_rest).take();
  }
  std::string operator()(const Lease& lease) const {
    return Text()
        .add("holder", lease.holder)
        .add("duration", lease.duration)
        .add("rest", lease.spec_rest)
        .take();
  }
  std::string operator()(const ConfigData& config) const {
    return Text()
        .add("data", config.data)
        .add("type", config.type)
        .add("immutable", static_cast<std::int64_t>(config.immutable))
        .add("rest", config.rest)
        .take();
  }
  std::string operator()(const Service& service) const {
    return Text()
        .add("selector", service.selector)
        .list("ports", service.ports, service_port_text)
        .add("type", service.type)
        .add("clusterIP", service.cluster_ip)
        .add("rest", service.spec_rest)
        .take();
  }
  std::string operator()(const NetworkPolicy& policy) const {
    return Text()
        .add("pods", selector_text(policy.pods))
        .list("type", policy.types, [](const std::string& type) { return type; })
        .list("ingress", policy.ingress, policy_rule_text)
        .list("egress", policy.egress, policy_rule_text)
        .add("rest", policy.spec_rest)
        .take();
  }
  std::string operator()(const Deployment& d) const {
    return Text()
        .add("replicas", static_cast<std::int64_t>(d.replicas))
        .add("selector", d.selector)
        .add("template", d.pod_template ? canonical_template(*d.pod_template) : std::string())
        .add("recreate", static_cast<std::int64_t>(d.recreate))
        .add("surge", d.recreate ? std::string() : limit_text(d.max_surge))
        .add("unavailable", d.recreate ? std::string() : limit_text(d.max_unavailable))
        .add("minReady", d.min_ready)
        .add("deadline", d.progress_deadline)
        .add("history", static_cast<std::int64_t>(d.revision_history_limit))
        .add("paused", static_cast<std::int64_t>(d.paused))
        .add("rest", d.spec_rest)
        .take();
  }
  std::string operator()(const ReplicaSet& rs) const {
    return Text()
        .add("replicas", static_cast<std::int64_t>(rs.replicas))
        .add("selector", rs.selector)
        .add("template", rs.pod_template ? canonical_template(*rs.pod_template) : std::string())
        .add("minReady", rs.min_ready)
        .add("rest", rs.spec_rest)
        .take();
  }
};

std::string owner_text(const OwnerReference& owner) {
  return Text().add("uid", owner.uid).add("controller", static_cast<std::int64_t>(owner.controller)).take();
}

}  // namespace

std::string canonical_pod_spec(const PodSpec& spec) {
  return Text()
      .list("container", spec.containers, container_text)
      .list("init", spec.init_containers, container_text)
      .add("restart", spec.restart_policy)
      .add("grace", spec.termination_grace)
      .add("nodeSelector", spec.node_selector)
      .add("node", spec.node_name)
      .add("requiredNode", spec.required_node)
      .list("toleration", spec.tolerations, toleration_text)
      .add("priority", spec.priority)
      .list("volume", spec.volumes, volume_text)
      .add("rest", spec.rest)
      .take();
}

std::string canonical_template(const PodTemplate& pod_template) {
  return Text()
      .add("labels", pod_template.labels, template_hash_label)
      .add("annotations", pod_template.annotations)
      .add("metadata", pod_template.metadata_rest)
      .add("spec", canonical_pod_spec(pod_template.spec))
      .take();
}

std::string canonical_spec(const Object& object) {
  return std::visit(SpecText{}, object.body);
}

std::string canonical_metadata(const Meta& meta) {
  return Text()
      .add("labels", meta.labels)
      .add("annotations", meta.annotations)
      .list("owner", meta.owners, owner_text)
      .list("finalizer", meta.finalizers, [](const std::string& name) { return name; })
      .add("rest", meta.rest)
      .take();
}

bool same_template(const PodTemplate& a, const PodTemplate& b) {
  return &a == &b || canonical_template(a) == canonical_template(b);
}

std::string template_hash(const PodTemplate& pod_template, int collision_count) {
  std::string text = canonical_template(pod_template);
  if (collision_count > 0) text += fmt::format("collision={};", collision_count);
  return safe_encode(fnv32a(text));
}

}  // namespace muster
