#include "api/service/web.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/kube/fields_json.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/world.hpp"

namespace muster {
namespace {

using kube::Json;

/// How the balancer names itself and its own pages (kubernetes/ingress-nginx controller v1.12).
constexpr const char* balancer_name = "nginx";

Answer page(int status, const std::string& content_type, std::string body) {
  Answer answer{status, content_type, std::move(body), {}, nullptr, {}};
  if (status >= 500 && content_type == "text/html") answer.headers.emplace_back("Server", balancer_name);
  return answer;
}

Answer balancer_error(int status, const char* reason) {
  return page(
      status, "text/html",
      fmt::format(
          "<html>\r\n<head><title>{0} {1}</title></head>\r\n<body>\r\n<center><h1>{0} {1}</h1></center>\r\n"
          "<hr><center>{2}</center>\r\n</body>\r\n</html>\r\n",
          status, reason, balancer_name));
}

/// Public name, or the name inside the cluster.
bool answers_to(const ServiceProfile& service, const std::string& host) {
  const std::string inside = service.kubernetes_service + "." + service.namespace_;
  return (!service.host.empty() && host == service.host) || host == inside || host == inside + ".svc" ||
         host == inside + ".svc.cluster.local";
}

Answer answer_of(const Request& request, const ServiceProfile& service, const std::string& path,
                 const World& world, int index) {
  const RequestPath& requests = world.requests();
  const auto& targets = requests.endpoints(index);
  const bool any =
      std::any_of(targets.begin(), targets.end(), [&](ServerId id) { return requests.listening(id); });
  if (targets.empty()) return balancer_error(503, "Service Temporarily Unavailable");
  if (!any) return balancer_error(502, "Bad Gateway");
  return application_page(service, request.verb, path);
}

/// The methods that the application takes at this path; empty: it has no such page.
std::vector<std::string> methods_at(const ServiceProfile& service, const std::string& path) {
  const bool health =
      path == "/health/ready" ||
      std::find(service.probe_paths.begin(), service.probe_paths.end(), path) != service.probe_paths.end();
  std::vector<std::string> methods;
  if (health) methods.emplace_back("GET");
  for (const EndpointProfile& endpoint : service.endpoints)
    if (endpoint.path == path) methods.push_back(endpoint.method);
  return methods;
}

}  // namespace

Answer application_page(const ServiceProfile& service, const std::string& method, const std::string& path) {
  const auto methods = methods_at(service, path);
  const std::string asked = method == "HEAD" ? "GET" : method;
  if (std::find(methods.begin(), methods.end(), asked) != methods.end())
    return page(200, "application/json", R"({"status":"ok"})");
  if (!methods.empty()) return page(405, "application/json", R"({"detail":"Method Not Allowed"})");
  return page(404, "application/json", R"({"detail":"Not Found"})");
}

Answer handle_web(const Request& request, const Url& url, World& world) {
  const std::string host = url.segments.size() > 1 ? url.segments[1] : "";
  std::string path;
  for (std::size_t i = 2; i < url.segments.size(); ++i) path += "/" + url.segments[i];
  if (path.empty()) path = "/";
  const auto& services = world.profile().services;
  bool known = false;
  Answer answer;
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (!answers_to(services[i], host)) continue;
    known = true;
    answer = answer_of(request, services[i], path, world, static_cast<int>(i));
    if (answer.status != 404) break;
  }
  if (!known) {
    answer = page(421, "text/plain", fmt::format("no service answers to \"{}\"\n", host));
    return answer;
  }
  answer.clues.push_back(fmt::format("web/{}", answer.status));
  return answer;
}

}  // namespace muster
