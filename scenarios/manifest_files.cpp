#include "scenarios/manifest_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/kube/codec.hpp"
#include "cluster_model/apiserver/object_defaults.hpp"
#include "cluster_model/apiserver/object_validation.hpp"
#include "telemetry/yaml_json.hpp"

namespace muster {

namespace {

// Of the kinds without behaviour here, those that live outside namespaces (`kubectl api-resources
// --namespaced=false`).
bool is_cluster_scoped(const Object& object) {
  static const std::set<std::string> kinds{"APIService",
                                           "ClusterRole",
                                           "ClusterRoleBinding",
                                           "CSIDriver",
                                           "CSINode",
                                           "CustomResourceDefinition",
                                           "IngressClass",
                                           "FlowSchema",
                                           "MutatingWebhookConfiguration",
                                           "PersistentVolume",
                                           "PriorityClass",
                                           "PriorityLevelConfiguration",
                                           "RuntimeClass",
                                           "StorageClass",
                                           "ValidatingAdmissionPolicy",
                                           "VolumeAttachment",
                                           "ValidatingAdmissionPolicyBinding",
                                           "ValidatingWebhookConfiguration"};
  const Kind kind = object.key().kind;
  return kind == Kind::Other ? kinds.count(object.kind) > 0 : !is_namespaced(kind);
}

std::string name_of(const Object& object) {
  const Meta& meta = object.meta;
  return meta.namespace_.empty() ? fmt::format("{} {}", object.kind, meta.name)
                                 : fmt::format("{} {}/{}", object.kind, meta.namespace_, meta.name);
}

Result<Manifest> decode(const YamlNode& node, const std::string& file, Epoch epoch) {
  const std::string where = node.where(file);
  if (!node.is_map())
    return invalid_input(fmt::format("expected a Kubernetes object, found {}", node.kind_name()), where);
  const auto json = yaml_to_json(node, file);
  if (!json) return json.error();
  auto object = kube::object_from_json(*json, epoch);
  if (!object)
    return invalid_input(object.error().message, node_at_pointer(node, object.error().where).where(file));
  if (object->meta.name.empty())
    return invalid_input(fmt::format("this {} has no metadata.name", object->kind),
                         node_at_pointer(node, "/metadata").where(file));
  if (object->meta.namespace_.empty() && !is_cluster_scoped(*object)) object->meta.namespace_ = "default";
  Object complete = *object;
  apply_defaults(complete);
  if (auto valid = validate(complete); !valid)
    return invalid_input(fmt::format("{}: {}", name_of(*object), valid.error().message),
                         node_at_pointer(node, valid.error().where).where(file));
  return Manifest{std::move(*object), where};
}

bool is_list(const YamlNode& node) {
  const YamlNode* kind = node.find("kind");
  const YamlNode* items = node.find("items");
  return kind && kind->scalar == "List" && items && items->is_sequence();
}

}  // namespace

Result<std::vector<Manifest>> parse_manifests(const std::string& text, const std::string& file_name,
                                              Epoch epoch) {
  auto documents = read_yaml_documents(text, file_name);
  if (!documents) return documents.error();
  std::vector<Manifest> found;
  for (const YamlNode& document : *documents) {
    const bool list = is_list(document);
    const std::vector<YamlNode> alone = list ? std::vector<YamlNode>{} : std::vector<YamlNode>{document};
    for (const YamlNode& node : list ? document.find("items")->items : alone) {
      auto manifest = decode(node, file_name, epoch);
      if (!manifest) return manifest.error();
      found.push_back(std::move(*manifest));
    }
  }
  return found;
}

Result<void> refuse_duplicates(const std::vector<Manifest>& manifests) {
  std::map<ObjectKey, std::string> first;
  for (const Manifest& manifest : manifests) {
    const auto [known, is_new] = first.emplace(manifest.object.key(), manifest.where);
    if (is_new) continue;
    return invalid_input(
        fmt::format("{} is declared twice; first at {}", name_of(manifest.object), known->second),
        manifest.where);
  }
  return {};
}

Result<std::vector<Manifest>> read_manifests(const std::string& system_folder, Epoch epoch,
                                             InputFiles& files) {
  const std::string folder = join_path(system_folder, "manifests");
  if (!is_folder(folder))
    return invalid_input("no such folder; a system needs its Kubernetes manifests there", folder);
  std::vector<Manifest> all;
  for (const std::string& name : files_below(folder, {".json", ".yaml", ".yml"}, true)) {
    const std::string path = join_path(folder, name);
    const auto text = files.take(path, "system/manifests/" + name);
    if (!text) return text.error();
    auto some = parse_manifests(*text, path, epoch);
    if (!some) return some.error();
    std::move(some->begin(), some->end(), std::back_inserter(all));
  }
  if (all.empty())
    return invalid_input("no Kubernetes object in the .yaml, .yml and .json files of this folder", folder);
  if (auto unique = refuse_duplicates(all); !unique) return unique.error();
  return all;
}

}  // namespace muster
