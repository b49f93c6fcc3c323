#include <algorithm>

#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

/// The version whose API is spoken. Within one minor version of kubectl 1.32 no skew warning is printed.
Json version_document() {
  return {{"major", "1"},
          {"minor", "32"},
          {"gitVersion", "v1.32.4"},
          {"gitCommit", "0000000000000000000000000000000000000000"},
          {"gitTreeState", "clean"},
          {"buildDate", "2025-04-22T00:00:00Z"},
          {"goVersion", "go1.23.8"},
          {"compiler", "gc"},
          {"platform", "linux/amd64"}};
}

std::vector<std::string> groups() {
  std::vector<std::string> found;
  for (const ResourceType& type : resource_types()) {
    if (*type.group && std::find(found.begin(), found.end(), type.group) == found.end())
      found.push_back(type.group);
  }
  return found;
}

/// Its first version in the table is the preferred one.
Json group_document(const std::string& group) {
  Json versions = Json::array();
  for (const ResourceType& type : resource_types()) {
    const Json version{{"groupVersion", type.api_version()}, {"version", type.version}};
    const bool known = std::find(versions.begin(), versions.end(), version) != versions.end();
    if (group == type.group && !known) versions.push_back(version);
  }
  const Json preferred = versions.front();
  return {{"name", group}, {"versions", std::move(versions)}, {"preferredVersion", preferred}};
}

Json group_list() {
  Json documents = Json::array();
  for (const std::string& group : groups()) documents.push_back(group_document(group));
  return {{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", std::move(documents)}};
}

Json subresource_document(const ResourceType& type, const std::string& name) {
  Json json{{"name", std::string(type.plural) + "/" + name},
            {"singularName", ""},
            {"namespaced", type.namespaced},
            {"kind", type.kind},
            {"verbs", Json::array({"get"})}};
  if (name == "eviction") {
    json.update(
        {{"group", "policy"}, {"version", "v1"}, {"kind", "Eviction"}, {"verbs", Json::array({"create"})}});
  }
  if (name == "scale") {
    json.update({{"group", "autoscaling"},
                 {"version", "v1"},
                 {"kind", "Scale"},
                 {"verbs", Json::array({"get", "patch", "update"})}});
  }
  return json;
}

Json resource_document(const ResourceType& type) {
  Json json{{"name", type.plural},
            {"singularName", type.singular},
            {"namespaced", type.namespaced},
            {"kind", type.kind},
            {"verbs", words(type.verbs)}};
  put(json, "shortNames", words(type.short_names));
  if (type.in_all) json["categories"] = Json::array({"all"});
  return json;
}

/// Null if nothing of this group and version is served.
Json resource_list(const std::string& api_version) {
  Json resources = Json::array();
  for (const ResourceType& type : resource_types()) {
    if (type.api_version() != api_version) continue;
    resources.push_back(resource_document(type));
    for (const std::string& name : words(type.subresources))
      resources.push_back(subresource_document(type, name));
  }
  if (resources.empty()) return nullptr;
  return {{"kind", "APIResourceList"},
          {"apiVersion", "v1"},
          {"groupVersion", api_version},
          {"resources", std::move(resources)}};
}

Json api_versions() {
  return {{"kind", "APIVersions"},
          {"versions", Json::array({"v1"})},
          {"serverAddressByClientCIDRs",
           Json::array({{{"clientCIDR", "0.0.0.0/0"}, {"serverAddress", "127.0.0.1"}}})}};
}

Json group_or_null(const std::string& group) {
  for (const std::string& known : groups()) {
    if (known != group) continue;
    Json json = group_document(group);
    json.update({{"kind", "APIGroup"}, {"apiVersion", "v1"}});
    return json;
  }
  return nullptr;
}

Json document(const std::vector<std::string>& path) {
  const std::string& root = path.front();
  if (path.size() == 1 && root == "version") return version_document();
  if (path.size() == 1 && root == "api") return api_versions();
  if (path.size() == 1 && root == "apis") return group_list();
  if (path.size() == 2 && root == "api") return path[1] == "v1" ? resource_list("v1") : Json();
  if (path.size() == 2 && root == "apis") return group_or_null(path[1]);
  if (path.size() == 3 && root == "apis") return resource_list(path[1] + "/" + path[2]);
  return nullptr;
}

}  // namespace

std::optional<Answer> answer_discovery(const Url& url) {
  if (url.segments.empty()) return std::nullopt;
  const std::string& root = url.segments.front();
  if (url.segments.size() == 1 && (root == "healthz" || root == "livez" || root == "readyz")) {
    return Answer{200, "text/plain", "ok", {}, nullptr};
  }
  const Json json = document(url.segments);
  if (json.is_null()) return std::nullopt;
  return json_answer(200, json);
}

}  // namespace muster::kube
