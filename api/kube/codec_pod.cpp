#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

/// kubernetes/kubernetes pkg/apis/core/v1/helper/qos: from what the containers request and may use.
const char* qos_class(const PodSpec& spec) {
  bool any = false, guaranteed = !spec.containers.empty();
  for (const Container& container : spec.containers) {
    const Resources& r = container.resources;
    any = any || r.cpu_request || r.cpu_limit || r.memory_request || r.memory_limit;
    const bool same_cpu = !r.cpu_request || r.cpu_request == r.cpu_limit;
    const bool same_memory = !r.memory_request || r.memory_request == r.memory_limit;
    guaranteed = guaranteed && r.cpu_limit && r.memory_limit && same_cpu && same_memory;
  }
  return guaranteed ? "Guaranteed" : any ? "Burstable" : "BestEffort";
}

}  // namespace

void read_pod_spec(Fields& fields, PodSpec& spec) {
  fields.each("containers",
              [&](Fields& container) { read_container(container, spec.containers.emplace_back()); });
  fields.text("restartPolicy", spec.restart_policy);
  fields.seconds("terminationGracePeriodSeconds", spec.termination_grace);
  fields.texts("nodeSelector", spec.node_selector);
  fields.text("nodeName", spec.node_name);
  spec.rest = fields.rest();
}

Json write_pod_spec(const PodSpec& spec) {
  Json json{{"terminationGracePeriodSeconds", whole_seconds(spec.termination_grace)}};
  json["containers"] = Json::array();
  for (const Container& container : spec.containers) json["containers"].push_back(write_container(container));
  put(json, "restartPolicy", spec.restart_policy);
  put(json, "nodeSelector", spec.node_selector);
  put(json, "nodeName", spec.node_name);
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
  json["status"]["qosClass"] = qos_class(pod.spec);
}

}  // namespace muster::kube
