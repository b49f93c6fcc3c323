// Manifests are taken whole; this names what is only kept.
#include <fmt/format.h>

#include <array>

#include "cluster_model/objects.hpp"
#include "scenarios/lint/lint_file.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

namespace {

struct Field {
  const char* name;
  const char* meaning;  ///< what a real cluster does with it
};

// Fields of a pod's spec that decide something in a real cluster and nothing here.
constexpr std::array pod_fields = {
    Field{"affinity", "where the scheduler puts the pod"},
    Field{"topologySpreadConstraints", "how the scheduler spreads the pods"},
    Field{"readinessGates", "when the pod counts as ready"},
    Field{"hostNetwork", "which network the pod uses"},
    Field{"runtimeClassName", "what runs the pod"},
    Field{"dnsConfig", "how names are resolved"},
};
constexpr std::array container_fields = {
    Field{"lifecycle", "what runs after the start and before the end"},
};

class ManifestLint {
 public:
  ManifestLint(const std::string& file, Findings& findings) : file_(file), findings_(findings) {}

  void look_at(const YamlNode& object) {
    const std::string api_version = text_of(object, "apiVersion"), kind = text_of(object, "kind");
    if (kind == "List") {
      if (const YamlNode* items = object.find("items")) {
        for (const YamlNode& item : items->items) look_at(item);
      }
      return;
    }
    if (kind_of(api_version, kind) == Kind::Other) return warn_of_kind(object, kind);
    if (const YamlNode* spec = pod_spec(object, kind)) look_at_pod(*spec);
  }

 private:
  static std::string text_of(const YamlNode& map, const char* key) {
    const YamlNode* node = map.find(key);
    return node ? node->scalar : std::string();
  }

  void warn(const char* rule, const YamlNode& node, std::string message) {
    findings_.push_back({Finding::Level::warning, rule, node.where(file_), std::move(message)});
  }

  void warn_of_kind(const YamlNode& object, const std::string& kind) {
    const YamlNode* meta = object.find("metadata");
    warn("kind-without-behaviour", object,
         fmt::format("{} \"{}\": this kind is stored and returned, but nothing here acts on it", kind,
                     meta ? text_of(*meta, "name") : ""));
  }

  static const YamlNode* descend(const YamlNode* node, std::initializer_list<const char*> path) {
    for (const char* key : path) node = node ? node->find(key) : nullptr;
    return node;
  }

  static const YamlNode* pod_spec(const YamlNode& object, const std::string& kind) {
    if (kind == "Pod") return object.find("spec");
    if (kind == "CronJob") return descend(&object, {"spec", "jobTemplate", "spec", "template", "spec"});
    return descend(&object, {"spec", "template", "spec"});
  }

  template <class Fields>
  void warn_of_fields(const YamlNode& map, const Fields& fields, const char* what) {
    for (const Field& field : fields) {
      if (!map.find(field.name)) continue;
      warn("field-without-effect", *map.find_key(field.name),
           fmt::format("{}.{} is kept but has no effect here; in a real cluster it decides {}", what,
                       field.name, field.meaning));
    }
  }

  void look_at_pod(const YamlNode& spec) {
    warn_of_fields(spec, pod_fields, "spec");
    for (const char* list : {"initContainers", "containers"}) {
      const YamlNode* containers = spec.find(list);
      if (!containers) continue;
      for (const YamlNode& container : containers->items)
        warn_of_fields(container, container_fields, "container");
    }
  }

  const std::string& file_;
  Findings& findings_;
};

}  // namespace

Findings lint_manifest_text(const std::string& text, const std::string& file_name) {
  Findings findings;
  const auto documents = read_yaml_documents(text, file_name);
  if (!documents) return findings;
  ManifestLint lint(file_name, findings);
  for (const YamlNode& document : *documents) {
    if (document.is_map()) lint.look_at(document);
  }
  return findings;
}

}  // namespace muster
