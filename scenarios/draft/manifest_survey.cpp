#include "scenarios/draft/manifest_survey.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "cluster_model/objects.hpp"

namespace muster {
namespace {

using Texts = std::map<std::string, std::string>;

std::string text_at(const YamlNode* node, std::initializer_list<const char*> path) {
  for (const char* key : path) node = node ? node->find(key) : nullptr;
  return node && node->is_scalar() ? node->scalar : std::string();
}

const YamlNode* node_at(const YamlNode& root, std::initializer_list<const char*> path) {
  const YamlNode* node = &root;
  for (const char* key : path) node = node ? node->find(key) : nullptr;
  return node;
}

Texts texts_at(const YamlNode& root, std::initializer_list<const char*> path) {
  Texts texts;
  if (const YamlNode* node = node_at(root, path))
    for (const auto& [key, value] : node->entries)
      if (value.is_scalar()) texts[key.scalar] = value.scalar;
  return texts;
}

std::string namespace_of(const YamlNode& object) {
  const std::string given = text_at(&object, {"metadata", "namespace"});
  return given.empty() ? "default" : given;
}

void add_new(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

/// ConfigMaps and Secrets of the files, by "Kind namespace/name".
class Settings {
 public:
  void add(const YamlNode& object, const std::string& kind) {
    Texts& texts = objects_[key(kind, namespace_of(object), text_at(&object, {"metadata", "name"}))];
    if (kind == "ConfigMap") texts = texts_at(object, {"data"});
    if (kind != "Secret") return;
    texts = texts_at(object, {"stringData"});
    for (const auto& [name, encoded] : texts_at(object, {"data"})) texts.emplace(name, "");
  }
  /// Null if the files do not have it.
  const Texts* find(const std::string& kind, const std::string& namespace_, const std::string& name) const {
    const auto found = objects_.find(key(kind, namespace_, name));
    return found == objects_.end() ? nullptr : &found->second;
  }
  static std::string key(const std::string& kind, const std::string& namespace_, const std::string& name) {
    return kind + " " + namespace_ + "/" + name;
  }

 private:
  std::map<std::string, Texts> objects_;
};

class Surveyor {
 public:
  explicit Surveyor(const std::vector<YamlNode>& documents) {
    for (const YamlNode& document : documents) collect(document);
    for (const YamlNode* object : objects_) {
      const std::string kind = text_at(object, {"kind"});
      if (kind == "ConfigMap" || kind == "Secret") settings_.add(*object, kind);
    }
  }

  ManifestSurvey run() {
    for (const YamlNode* object : objects_) look_at(*object);
    for (const YamlNode* object : objects_)
      if (text_at(object, {"kind"}) == "Ingress") look_at_ingress(*object);
    survey_.missing.assign(missing_.begin(), missing_.end());
    return std::move(survey_);
  }

 private:
  void collect(const YamlNode& node) {
    const YamlNode* items = node.find("items");
    if (text_at(&node, {"kind"}) == "List" && items) {
      for (const YamlNode& item : items->items) collect(item);
    } else if (node.is_map() && node.find("kind")) {
      objects_.push_back(&node);
    }
  }

  void look_at(const YamlNode& object) {
    const std::string kind = text_at(&object, {"kind"});
    if (kind_of(text_at(&object, {"apiVersion"}), kind) == Kind::Other && kind != "Ingress")
      ++survey_.without_behaviour[kind];
    if (kind == "Deployment" || kind == "StatefulSet" || kind == "DaemonSet") look_at_workload(object, kind);
    if (kind == "Service")
      survey_.services.push_back({namespace_of(object),
                                  text_at(&object, {"metadata", "name"}),
                                  texts_at(object, {"spec", "selector"}),
                                  {}});
  }

  void look_at_workload(const YamlNode& object, const std::string& kind) {
    const YamlNode* containers = node_at(object, {"spec", "template", "spec", "containers"});
    if (!containers || containers->items.empty()) return;
    const YamlNode& first = containers->items.front();
    SurveyedWorkload workload;
    workload.kind = kind;
    workload.namespace_ = namespace_of(object);
    workload.name = text_at(&object, {"metadata", "name"});
    workload.container = text_at(&first, {"name"});
    workload.image = text_at(&first, {"image"});
    workload.labels = texts_at(object, {"spec", "template", "metadata", "labels"});
    const std::string replicas = text_at(&object, {"spec", "replicas"});
    std::from_chars(replicas.data(), replicas.data() + replicas.size(), workload.replicas);
    workload.cpu_limit = text_at(&first, {"resources", "limits", "cpu"});
    workload.memory_limit = text_at(&first, {"resources", "limits", "memory"});
    for (const char* probe : {"startupProbe", "readinessProbe", "livenessProbe"})
      add_new(workload.probe_paths, text_at(&first, {probe, "httpGet", "path"}));
    for (const char* list : {"command", "args"})
      if (const YamlNode* words = first.find(list))
        for (const YamlNode& word : words->items) workload.command.push_back(word.scalar);
    workload.environment = environment_of(first, workload.namespace_);
    survey_.workloads.push_back(std::move(workload));
  }

  std::vector<SurveyedVariable> environment_of(const YamlNode& container, const std::string& namespace_) {
    std::map<std::string, SurveyedVariable> variables;
    if (const YamlNode* sources = container.find("envFrom"))
      for (const YamlNode& source : sources->items) add_all_of(source, namespace_, variables);
    if (const YamlNode* list = container.find("env"))
      for (const YamlNode& item : list->items) add_one(item, namespace_, variables);
    std::vector<SurveyedVariable> sorted;
    for (auto& [name, variable] : variables) sorted.push_back(std::move(variable));
    return sorted;
  }

  void add_all_of(const YamlNode& source, const std::string& namespace_,
                  std::map<std::string, SurveyedVariable>& variables) {
    for (const auto& [field, kind] :
         {std::pair("configMapRef", "ConfigMap"), std::pair("secretRef", "Secret")}) {
      const std::string name = text_at(&source, {field, "name"});
      if (name.empty()) continue;
      const bool optional = text_at(&source, {field, "optional"}) == "true";
      const Texts* texts = settings_.find(kind, namespace_, name);
      if (!texts && !optional) missing_.insert(Settings::key(kind, namespace_, name));
      if (!texts) continue;
      for (const auto& [key, value] : *texts) {
        const std::string variable = text_at(&source, {"prefix"}) + key;
        variables[variable] = {variable, known(value), std::string(kind) + " " + name, false};
      }
    }
  }

  void add_one(const YamlNode& item, const std::string& namespace_,
               std::map<std::string, SurveyedVariable>& variables) {
    const std::string name = text_at(&item, {"name"});
    const YamlNode* value = item.find("value");
    if (value) variables[name] = {name, value->scalar, {}, false};
    for (const auto& [field, kind] :
         {std::pair("configMapKeyRef", "ConfigMap"), std::pair("secretKeyRef", "Secret")}) {
      const YamlNode* reference = node_at(item, {"valueFrom", field});
      if (!reference) continue;
      const std::string object = text_at(reference, {"name"});
      const bool optional = text_at(reference, {"optional"}) == "true";
      const Texts* texts = settings_.find(kind, namespace_, object);
      if (!texts && !optional) missing_.insert(Settings::key(kind, namespace_, object));
      const auto found = texts ? texts->find(text_at(reference, {"key"})) : Texts::const_iterator{};
      const bool there = texts && found != texts->end();
      variables[name] = {name, there ? known(found->second) : std::nullopt, std::string(kind) + " " + object,
                         optional};
    }
  }

  /// Encoded values of Secrets are none of our business.
  static std::optional<std::string> known(const std::string& value) {
    return value.empty() ? std::nullopt : std::optional(value);
  }

  void look_at_ingress(const YamlNode& object) {
    const YamlNode* rules = node_at(object, {"spec", "rules"});
    if (!rules) return;
    for (const YamlNode& rule : rules->items) {
      const YamlNode* paths = node_at(rule, {"http", "paths"});
      if (!paths) continue;
      for (const YamlNode& path : paths->items)
        add_route(namespace_of(object), text_at(&path, {"backend", "service", "name"}),
                  {text_at(&rule, {"host"}), text_at(&path, {"path"})});
    }
  }

  void add_route(const std::string& namespace_, const std::string& name, const SurveyedRoute& route) {
    for (SurveyedService& service : survey_.services) {
      if (service.namespace_ != namespace_ || service.name != name) continue;
      if (std::find(service.routes.begin(), service.routes.end(), route) == service.routes.end())
        service.routes.push_back(route);
    }
  }

  std::vector<const YamlNode*> objects_;
  Settings settings_;
  std::set<std::string> missing_;
  ManifestSurvey survey_;
};

}  // namespace

ManifestSurvey survey_manifests(const std::vector<YamlNode>& documents) {
  return Surveyor(documents).run();
}

}  // namespace muster
