#include "api/kube/kube_api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

/// Subresources of the real server that have no counterpart here.
bool is_known_elsewhere(const ResourcePath& path) {
  static constexpr std::array<std::string_view, 8> names{
      "status", "exec", "attach", "portforward", "proxy", "ephemeralcontainers", "binding", "resize"};
  return std::find(names.begin(), names.end(), path.subresource) != names.end();
}

Answer handle_subresource(const Call& call, Cluster& cluster) {
  const std::string& verb = call.request.verb;
  const std::string& name = call.path.subresource;
  if (!call.type().has_subresource(name)) {
    return is_known_elsewhere(call.path) ? not_served(std::string(call.type().plural) + "/" + name)
                                         : unknown_path();
  }
  if (name == "status" && verb == "GET") return get_object(call, cluster);
  if (name == "log" && verb == "GET") return get_log(call, cluster);
  if (name == "exec" && verb == "POST") return exec_in_pod(call, cluster);
  if (name == "attach" && verb == "POST") return attach_to_pod(call, cluster);
  if (name == "portforward" && verb == "POST") return forward_to_pod(call, cluster);
  const bool streams = name == "exec" || name == "attach" || name == "portforward";
  if (streams && (verb == "GET" || verb == "POST")) return bad_request("Upgrade request required");
  if (name == "eviction" && verb == "POST") return evict_pod(call, cluster);
  if (name == "scale" && verb == "GET") return get_scale(call, cluster);
  if (name == "scale" && verb == "PUT") return put_scale(call, cluster);
  if (name == "scale" && verb == "PATCH") return patch_scale(call, cluster);
  return method_not_allowed(call.type(), verb);
}

struct Method {
  const char* verb;    ///< of HTTP
  bool on_object;      ///< else on the collection
  const char* action;  ///< as Kubernetes names it
  Answer (*run)(const Call&, Cluster&);
};

constexpr std::array<Method, 7> methods{{
    {"GET", true, "get", [](const Call& call, Cluster& cluster) { return get_object(call, cluster); }},
    {"GET", false, "list", [](const Call& call, Cluster& cluster) { return get_collection(call, cluster); }},
    {"POST", false, "create", create_object},
    {"PUT", true, "update", replace_object},
    {"PATCH", true, "patch", patch_object},
    {"DELETE", true, "delete", delete_object},
    {"DELETE", false, "deletecollection", delete_collection},
}};

Answer handle_resource(const Call& call, Cluster& cluster) {
  if (call.type().special != Special::none) return handle_special(call, cluster);
  if (!call.path.subresource.empty()) return handle_subresource(call, cluster);
  for (const Method& method : methods) {
    if (call.request.verb != method.verb || call.path.name.empty() == method.on_object) continue;
    if (!call.type().allows(method.action)) return method_not_allowed(call.type(), method.action);
    return method.run(call, cluster);
  }
  return failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
}

/// `dryRun=All`: the request goes the same way through a cluster that forgets it.
Answer rehearse(const Call& call, const Cluster& cluster) {
  const std::string& stages = call.url.parameter("dryRun");
  if (stages != "All") {
    return failure(
        422, "Invalid",
        fmt::format("{}.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: \"{}\": supported values: "
                    "\"All\"",
                    call.request.verb == "POST"     ? "CreateOptions"
                    : call.request.verb == "PUT"    ? "UpdateOptions"
                    : call.request.verb == "DELETE" ? "DeleteOptions"
                                                    : "PatchOptions",
                    stages));
  }
  const std::unique_ptr<Cluster> rehearsal = cluster.rehearsal();
  return rehearsal ? handle_resource(call, *rehearsal) : not_served("dryRun");
}

}  // namespace

Answer KubeApi::handle(const Request& request) {
  const auto url = parse_url(request.path);
  if (!url) return bad_request("the path has a broken percent sequence");
  auto answer = answer_discovery(request, *url);
  if (!answer) answer = answer_openapi(request, *url);
  if (answer) {
    return request.verb == "GET" ? *std::move(answer)
                                 : failure(405, "MethodNotAllowed",
                                           "the server does not allow this method on the requested resource");
  }
  auto path = parse_resource_path(url->segments);
  if (!path) return unknown_path();
  const Call call{request, *url, *std::move(path)};
  const bool rehearsed = request.verb != "GET" && !url->parameter("dryRun").empty();
  return rehearsed ? rehearse(call, cluster_) : handle_resource(call, cluster_);
}

}  // namespace muster::kube
