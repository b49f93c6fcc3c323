#include <algorithm>

#include "api/kube/handlers_json.hpp"
#include "api/kube/server_version.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

/// The version whose API is spoken. Within one minor version of kubectl 1.32 no skew warning is printed.
Json version_document() {
  return {{"major", "1"},
          {"minor", "32"},
          {"gitVersion", server_version},
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

/// What a subresource's requests and answers are.
struct KindName {
  const char *group, *version, *kind;
};

KindName subresource_kind(const ResourceType& type, const std::string& name) {
  if (name == "eviction") return {"policy", "v1", "Eviction"};
  if (name == "scale") return {"autoscaling", "v1", "Scale"};
  if (name == "exec") return {"", "v1", "PodExecOptions"};
  if (name == "portforward") return {"", "v1", "PodPortForwardOptions"};
  if (name == "attach") return {"", "v1", "PodAttachOptions"};
  return {type.group, type.version, type.kind};
}

Json subresource_document(const ResourceType& type, const std::string& name) {
  const KindName kind = subresource_kind(type, name);
  Json json{{"name", std::string(type.plural) + "/" + name},
            {"singularName", ""},
            {"namespaced", type.namespaced},
            {"kind", kind.kind},
            {"verbs", words(subresource_verbs(name))}};
  const bool foreign = std::string_view(kind.group) != type.group;
  if (foreign) json.update({{"group", kind.group}, {"version", kind.version}});
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

/// In the order of their names, as the real documents list them.
std::vector<const ResourceType*> types_of(const std::string& api_version) {
  std::vector<const ResourceType*> found;
  for (const ResourceType& type : resource_types()) {
    if (type.api_version() == api_version) found.push_back(&type);
  }
  std::sort(found.begin(), found.end(), [](const ResourceType* a, const ResourceType* b) {
    return std::string_view(a->plural) < b->plural;
  });
  return found;
}

/// Null if nothing of this group and version is served.
Json resource_list(const std::string& api_version) {
  Json resources = Json::array();
  for (const ResourceType* type : types_of(api_version)) {
    resources.push_back(resource_document(*type));
    for (const std::string& name : words(type->subresources))
      resources.push_back(subresource_document(*type, name));
  }
  if (resources.empty()) return nullptr;
  return {{"kind", "APIResourceList"},
          {"apiVersion", "v1"},
          {"groupVersion", api_version},
          {"resources", std::move(resources)}};
}

// ---- aggregated: everything in two documents (k8s.io/api apidiscovery/v2)

Json response_kind(const KindName& kind) {
  return {{"group", kind.group}, {"version", kind.version}, {"kind", kind.kind}};
}

Json aggregated_resource(const ResourceType& type) {
  Json json{{"resource", type.plural},
            {"responseKind", response_kind({type.group, type.version, type.kind})},
            {"scope", type.namespaced ? "Namespaced" : "Cluster"},
            {"singularResource", type.singular},
            {"verbs", words(type.verbs)}};
  put(json, "shortNames", words(type.short_names));
  if (type.in_all) json["categories"] = Json::array({"all"});
  for (const std::string& name : words(type.subresources)) {
    json["subresources"].push_back({{"subresource", name},
                                    {"responseKind", response_kind(subresource_kind(type, name))},
                                    {"verbs", words(subresource_verbs(name))}});
  }
  return json;
}

Json aggregated_group(const std::string& group) {
  Json item{{"metadata", Json::object()}, {"versions", Json::array()}};
  if (!group.empty()) item["metadata"]["name"] = group;
  const Json versions = group.empty() ? Json::array({Json{{"groupVersion", "v1"}, {"version", "v1"}}})
                                      : group_document(group)["versions"];
  for (const Json& version : versions) {
    Json resources = Json::array();
    for (const ResourceType* type : types_of(version["groupVersion"]))
      resources.push_back(aggregated_resource(*type));
    item["versions"].push_back(
        {{"version", version["version"]}, {"freshness", "Current"}, {"resources", std::move(resources)}});
  }
  return item;
}

Json aggregated(bool core, const std::string& version) {
  Json items = Json::array();
  if (core) items.push_back(aggregated_group(""));
  if (!core) {
    for (const std::string& group : groups()) items.push_back(aggregated_group(group));
  }
  return {{"kind", "APIGroupDiscoveryList"},
          {"apiVersion", "apidiscovery.k8s.io/" + version},
          {"metadata", Json::object()},
          {"items", std::move(items)}};
}

/// "v2" or "v2beta1" if the client would rather have the aggregated form.
std::string aggregated_version(const std::string& accept) {
  for (std::size_t at = 0; at < accept.size();) {
    const std::size_t end = std::min(accept.find(',', at), accept.size());
    const std::string part = accept.substr(at, end - at);
    const bool json = part.find("protobuf") == std::string::npos;
    if (json && part.find("as=APIGroupDiscoveryList") != std::string::npos)
      return part.find("v=v2beta1") == std::string::npos ? "v2" : "v2beta1";
    if (json && part.find("as=") == std::string::npos) return {};
    at = end + 1;
  }
  return {};
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

std::optional<Answer> answer_discovery(const Request& request, const Url& url) {
  if (url.segments.empty()) return std::nullopt;
  const std::string& root = url.segments.front();
  if (url.segments.size() == 1 && (root == "healthz" || root == "livez" || root == "readyz")) {
    return Answer{200, "text/plain", "ok", {}, nullptr};
  }
  const std::string version = aggregated_version(request.accept);
  if (url.segments.size() == 1 && (root == "api" || root == "apis") && !version.empty()) {
    Answer answer = json_answer(200, aggregated(root == "api", version));
    answer.content_type = "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    answer.headers.emplace_back("Vary", "Accept");
    return answer;
  }
  const Json json = document(url.segments);
  if (json.is_null()) return std::nullopt;
  return json_answer(200, json);
}

}  // namespace muster::kube
