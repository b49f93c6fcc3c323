#include "api/kube/codec_json.hpp"
#include "cluster_model/objects/qos.hpp"

namespace muster::kube {

void read_pod_spec(Fields& fields, PodSpec& spec) {
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
