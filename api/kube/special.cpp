// Resources that are no stored objects: metrics.k8s.io as metrics-server answers it
// (kubernetes-sigs/metrics-server pkg/api), and the reviews by which a client asks who it is and what it may
// do. There are no roles here: whoever reaches the API may do everything, as system:masters may.
#include <fmt/format.h>

#include "api/kube/handlers_json.hpp"
#include "api/kube/presenter.hpp"
#include "api/kube/status_json.hpp"
#include "api/kube/view.hpp"

namespace muster::kube {

namespace {

Json quantities(std::int64_t cpu_nanos, std::int64_t memory_bytes) {
  return {{"cpu", fmt::format("{}n", cpu_nanos)}, {"memory", fmt::format("{}Ki", memory_bytes / 1024)}};
}

std::string window_text(SimDuration window) {
  const std::int64_t millis = std::chrono::duration_cast<std::chrono::milliseconds>(window).count();
  return millis % 1000 == 0 ? fmt::format("{}s", millis / 1000)
                            : fmt::format("{}.{:03}s", millis / 1000, millis % 1000);
}

Json metrics_head(const Call& call, const Object& object, const Cluster& cluster, SimTime at,
                  SimDuration window) {
  Json metadata{{"name", object.meta.name},
                {"creationTimestamp", format_rfc3339(cluster.epoch(), cluster.now())}};
  put(metadata, "namespace", object.meta.namespace_);
  put(metadata, "labels", object.meta.labels);
  return {{"kind", call.type().kind},
          {"apiVersion", call.type().api_version()},
          {"metadata", std::move(metadata)},
          {"timestamp", format_rfc3339(cluster.epoch(), at)},
          {"window", window_text(window)}};
}

/// Null if metrics-server does not know the pod.
Json pod_metrics(const Call& call, const Object& pod, const Cluster& cluster) {
  const auto usage = cluster.usage(pod.key());
  if (!usage || pod.as<Pod>().status.phase != "Running") return nullptr;
  Json json = metrics_head(call, pod, cluster, usage->at, usage->window);
  for (const ContainerMetrics& one : usage->containers)
    json["containers"].push_back(
        {{"name", one.name}, {"usage", quantities(one.cpu_nanos, one.memory_bytes)}});
  return json;
}

/// The node's own programs and all its pods. Null for a node whose kubelet does not answer.
Json node_metrics(const Call& call, const Object& node, const Cluster& cluster) {
  const auto own = cluster.system_memory(node.meta.name);
  if (!own) return nullptr;
  std::int64_t cpu = 0, memory = *own;
  SimTime at{};
  SimDuration window{};
  for (const ObjectPtr& pod : cluster.objects().list(Kind::Pod)) {
    const auto usage =
        pod->as<Pod>().spec.node_name == node.meta.name ? cluster.usage(pod->key()) : std::nullopt;
    if (!usage) continue;
    at = usage->at;
    window = usage->window;
    for (const ContainerMetrics& one : usage->containers) {
      cpu += one.cpu_nanos;
      memory += one.memory_bytes;
    }
  }
  if (window == SimDuration{}) return nullptr;  // not sampled twice yet
  Json json = metrics_head(call, node, cluster, at, window);
  json["usage"] = quantities(cpu, memory);
  return json;
}

Json metrics_of(const Call& call, const Object& object, const Cluster& cluster) {
  return call.type().special == Special::pod_metrics ? pod_metrics(call, object, cluster)
                                                     : node_metrics(call, object, cluster);
}

Answer get_metrics(const Call& call, const Cluster& cluster) {
  const ObjectPtr object = cluster.objects().find(call.type().model, call.path.namespace_, call.path.name);
  const Json json = object ? metrics_of(call, *object, cluster) : Json();
  if (!json.is_null()) return json_answer(200, json);
  const std::string place = call.path.namespace_.empty() ? "" : call.path.namespace_ + "/";
  const char* kind = call.type().special == Special::pod_metrics ? "podmetrics" : "nodemetrics";
  return failure(404, "NotFound",
                 fmt::format("{}.metrics.k8s.io \"{}{}\" not found", kind, place, call.path.name),
                 {{"name", place + call.path.name}, {"group", "metrics.k8s.io"}, {"kind", kind}});
}

Answer list_metrics(const Call& call, const Cluster& cluster) {
  Selection selection;
  ResourceType objects = call.type();  // of the objects that are measured: pods, nodes
  objects.group = "";
  objects.kind = to_string(objects.model);
  selection.type = &objects;
  selection.namespace_ = call.path.namespace_;
  auto labels = LabelSelector::parse(call.url.parameter("labelSelector"));
  if (!labels) return bad_request(labels.error().message);
  auto fields = FieldSelector::parse(call.url.parameter("fieldSelector"), objects.kind);
  if (!fields) return bad_request(fields.error().message);
  selection.labels = *std::move(labels);
  selection.fields = *std::move(fields);
  Json items = Json::array();
  for (const ObjectPtr& object : list(cluster.objects(), selection)) {
    if (Json json = metrics_of(call, *object, cluster); !json.is_null()) items.push_back(std::move(json));
  }
  return json_answer(200, {{"kind", std::string(call.type().kind) + "List"},
                           {"apiVersion", call.type().api_version()},
                           {"metadata", Json::object()},
                           {"items", std::move(items)}});
}

Json all_rules() {
  const Json all = Json::array({"*"});
  return {{"resourceRules", Json::array({Json{{"verbs", all}, {"apiGroups", all}, {"resources", all}}})},
          {"nonResourceRules", Json::array({Json{{"verbs", all}, {"nonResourceURLs", all}}})},
          {"incomplete", false}};
}

Json user_info(const std::string& actor) {
  return {{"userInfo",
           {{"username", actor}, {"groups", Json::array({"system:masters", "system:authenticated"})}}}};
}

Answer review(const Call& call) {
  std::optional<Answer> problem;
  Json json = read_body_json(call.request, problem);
  if (problem) return *problem;
  const Json spec = json.value("spec", Json::object());
  if (call.type().special == Special::access_review) {
    const bool one =
        spec.is_object() && (spec.contains("resourceAttributes") != spec.contains("nonResourceAttributes"));
    if (!one)
      return invalid(call.type(), "", "/spec/resourceAttributes",
                     "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must "
                     "be specified");
    json["status"] = {{"allowed", true}};
  } else if (call.type().special == Special::rules_review) {
    json["status"] = all_rules();
  } else {
    json["status"] = user_info(call.request.actor);
  }
  json["kind"] = call.type().kind;
  json["apiVersion"] = call.type().api_version();
  json["metadata"] = {{"creationTimestamp", nullptr}};
  return json_answer(201, json);
}

}  // namespace

Answer handle_special(const Call& call, const Cluster& cluster) {
  const Special special = call.type().special;
  const bool metrics = special == Special::pod_metrics || special == Special::node_metrics;
  const std::string& verb = call.request.verb;
  if (metrics && verb == "GET" && !call.url.flag("watch"))
    return call.path.name.empty() ? list_metrics(call, cluster) : get_metrics(call, cluster);
  if (!metrics && verb == "POST" && call.path.name.empty()) return review(call);
  if (metrics && verb == "GET") return method_not_allowed(call.type(), "watch");
  return failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
}

}  // namespace muster::kube
