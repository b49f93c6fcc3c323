#include "api/kube/codec_json.hpp"
#include "cluster_model/objects/qos.hpp"

namespace muster::kube {

namespace {

/// How a DaemonSet's controller says which node a pod is for.
constexpr const char* required_terms =
    "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";

Json only_on(const std::string& node) {
  return Json::array(
      {{{"matchFields",
         Json::array({{{"key", "metadata.name"}, {"operator", "In"}, {"values", Json::array({node})}}})}}});
}

void read_required_node(Json& json, std::string& node) {
  const Json::json_pointer terms(required_terms),
      name(std::string(required_terms) + "/0/matchFields/0/values/0");
  if (!json.contains(name) || !json[name].is_string()) return;
  const std::string found = json[name].get<std::string>();
  if (json[terms] != only_on(found)) return;
  node = found;
  // What remains of the affinity, if anything does, is nobody's business here.
  json["affinity"]["nodeAffinity"].erase("requiredDuringSchedulingIgnoredDuringExecution");
  if (json["affinity"]["nodeAffinity"].empty()) json["affinity"].erase("nodeAffinity");
  if (json["affinity"].empty()) json.erase("affinity");
}

}  // namespace

void read_pod_spec(Fields& fields, PodSpec& spec) {
  read_required_node(fields.json(), spec.required_node);
  fields.each("containers",
              [&](Fields& container) { read_container(container, spec.containers.emplace_back()); });
  fields.each("initContainers",
              [&](Fields& container) { read_container(container, spec.init_containers.emplace_back()); });
  fields.text("restartPolicy", spec.restart_policy);
  fields.seconds("terminationGracePeriodSeconds", spec.termination_grace);
  fields.texts("nodeSelector", spec.node_selector);
  fields.text("nodeName", spec.node_name);
  fields.each("tolerations",
              [&](Fields& toleration) { read_toleration(toleration, spec.tolerations.emplace_back()); });
  if (fields.has("priority")) fields.whole("priority", spec.priority.emplace());
  fields.each("volumes", [&](Fields& volume) { read_volume(volume, spec.volumes.emplace_back()); });
  spec.rest = fields.rest();
}

Json write_pod_spec(const PodSpec& spec) {
  Json json{{"terminationGracePeriodSeconds", whole_seconds(spec.termination_grace)}};
  json["containers"] = Json::array();
  for (const Container& container : spec.containers) json["containers"].push_back(write_container(container));
  for (const Container& container : spec.init_containers)
    json["initContainers"].push_back(write_container(container));
  put(json, "restartPolicy", spec.restart_policy);
  put(json, "nodeSelector", spec.node_selector);
  put(json, "nodeName", spec.node_name);
  if (!spec.required_node.empty()) json[Json::json_pointer(required_terms)] = only_on(spec.required_node);
  for (const Toleration& toleration : spec.tolerations)
    json["tolerations"].push_back(write_toleration(toleration));
  if (spec.priority) json["priority"] = *spec.priority;
  for (const Volume& volume : spec.volumes) json["volumes"].push_back(write_volume(volume));
  merge_rest(json, spec.rest);
  return json;
}

void read_template(Fields& fields, PodTemplate& pod_template) {
  fields.object("metadata", [&](Fields& metadata) {
    metadata.texts("labels", pod_template.labels);
    metadata.texts("annotations", pod_template.annotations);
    pod_template.metadata_rest = metadata.rest();
  });
  fields.object("spec", [&](Fields& spec) { read_pod_spec(spec, pod_template.spec); });
}

Json write_template(const PodTemplate& pod_template) {
  Json metadata = Json::object();
  put(metadata, "labels", pod_template.labels);
  put(metadata, "annotations", pod_template.annotations);
  merge_rest(metadata, pod_template.metadata_rest);
  return Json{{"metadata", std::move(metadata)}, {"spec", write_pod_spec(pod_template.spec)}};
}

void read_body(Fields& fields, Pod& pod) {
  fields.object("spec", [&](Fields& spec) { read_pod_spec(spec, pod.spec); });
  fields.object("status", [&](Fields& status) {
    status.json().erase("qosClass");  // follows from the spec
    read_pod_status(status, pod.status);
  });
}

void write_body(Json& json, const Pod& pod, Epoch epoch) {
  json["spec"] = write_pod_spec(pod.spec);
  json["status"] = write_pod_status(pod.status, epoch);
  json["status"]["qosClass"] = to_string(qos_of(pod.spec));
}

}  // namespace muster::kube
