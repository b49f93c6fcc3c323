#include <algorithm>

#include "api/kube/codec_json.hpp"
#include "api/kube/quantity.hpp"
#include "api/kube/server_version.hpp"

namespace muster::kube {

namespace {

void read_allocatable(Fields& status, Node& node) {
  std::optional<std::int64_t> cpu, memory, pods;
  status.object("allocatable", [&](Fields& allocatable) {
    allocatable.cpu("cpu", cpu);
    allocatable.amount("memory", memory);
    allocatable.amount("pods", pods);
  });
  node.cpu_millis = cpu.value_or(node.cpu_millis);
  node.memory_bytes = memory.value_or(node.memory_bytes);
  node.pods = pods.value_or(node.pods);
}

/// The names are copied; the list with its sizes stays in the rest.
void copy_image_names(const Json& status, std::vector<std::string>& images) {
  if (!status.contains("images") || !status["images"].is_array()) return;
  for (const Json& image : status["images"]) {
    if (!image.is_object() || !image.contains("names") || !image["names"].is_array()) continue;
    for (const Json& name : image["names"]) {
      if (name.is_string()) images.push_back(name.get<std::string>());
    }
  }
  std::sort(images.begin(), images.end());
  images.erase(std::unique(images.begin(), images.end()), images.end());
}

/// Images that came to the node since are added behind those that the rest describes.
void add_images(Json& status, const std::vector<std::string>& images) {
  std::vector<std::string> described;
  copy_image_names(status, described);
  for (const std::string& name : images) {
    if (std::binary_search(described.begin(), described.end(), name)) continue;
    status["images"].push_back({{"names", Json::array({name})}});
  }
}

/// What a kubelet reports of itself where a manifest says nothing else (v1.NodeSystemInfo).
Json own_node_info() {
  return {{"architecture", "amd64"},
          {"containerRuntimeVersion", "containerd"},
          {"kubeletVersion", server_version},
          {"operatingSystem", "linux"}};
}

}  // namespace

void read_body(Fields& fields, Node& node) {
  fields.object("spec", [&](Fields& spec) {
    spec.flag("unschedulable", node.unschedulable);
    spec.each("taints", [&](Fields& taint) { read_taint(taint, node.taints.emplace_back()); });
    node.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) {
    read_allocatable(status, node);
    read_conditions(status, node.conditions);
    copy_image_names(status.json(), node.images);
    if (status.json().value("nodeInfo", Json()) == own_node_info()) status.json().erase("nodeInfo");
    node.status_rest = status.rest();
  });
}

void write_body(Json& json, const Node& node, Epoch epoch) {
  Json spec = Json::object();
  if (node.unschedulable) spec["unschedulable"] = true;
  for (const Taint& taint : node.taints) spec["taints"].push_back(write_taint(taint, epoch));
  merge_rest(spec, node.spec_rest);
  Json status{{"allocatable",
               {{"cpu", format_cpu(node.cpu_millis)},
                {"memory", format_amount(node.memory_bytes)},
                {"pods", format_amount(node.pods)}}}};
  put(status, "conditions", write_conditions(node.conditions, false, epoch));
  merge_rest(status, node.status_rest);
  add_images(status, node.images);
  if (!status.contains("nodeInfo")) status["nodeInfo"] = own_node_info();
  json["spec"] = std::move(spec);
  json["status"] = std::move(status);
}

void read_body(Fields& fields, Namespace_& namespace_) {
  fields.object("status", [&](Fields& status) { status.text("phase", namespace_.phase); });
}

void write_body(Json& json, const Namespace_& namespace_, Epoch) {
  put(json["status"], "phase", namespace_.phase);
}

}  // namespace muster::kube
