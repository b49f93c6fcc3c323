// What users reach: services, their endpoints and traffic.
#include <fmt/format.h>

#include "cluster_model/traffic/program.hpp"
#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

EndpointProfile read_endpoint(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "an endpoint", context.errors);
  EndpointProfile endpoint;
  endpoint.method = map.text("method", "GET");
  endpoint.path = map.text("path");
  endpoint.feature = map.text("feature");
  endpoint.share = map.share("share");
  endpoint.steps = read_steps(map, "steps");
  if (endpoint.steps.empty()) {
    endpoint.service_time = service_time(map, "serviceTime");
  } else if (map.node("serviceTime")) {
    map.fail("serviceTime", "an endpoint has steps or a serviceTime, not both");
  }
  if (map.node("when")) endpoint.when = switch_setting(map, "when", true);
  endpoint.client_error_probability = map.share("clientErrors", 0.0);
  map.finish();
  if (!endpoint.path.starts_with('/')) map.fail("path", "\"path\": expected one that begins with /");
  return endpoint;
}

Balancing read_balancing(MapReader& map) {
  const std::string word = map.text("balancing", "random");
  if (word == "roundRobin") return Balancing::round_robin;
  if (word == "leastConnections") return Balancing::least_connections;
  if (word == "powerOfTwo") return Balancing::power_of_two;
  if (word != "random")
    map.fail("balancing",
             fmt::format("no such balancing \"{}\"{}", word,
                         expected_one_of(word, {"random", "roundRobin", "leastConnections", "powerOfTwo"})));
  return Balancing::random;
}

void resolve_trace(ServiceProfile& service, const std::vector<TraceLine>& trace, MapReader& map) {
  for (const TraceLine& line : trace) {
    const int endpoint = line.endpoint.empty() ? -1 : endpoint_of(service, line.endpoint);
    if (!line.endpoint.empty() && endpoint < 0)
      map.fail("traffic", fmt::format("the trace asks for \"{}\", which is no endpoint", line.endpoint));
    service.traffic.trace.push_back({line.at, endpoint});
  }
}

/// A background service has no users of its own.
void read_users(MapReader& map, ServiceProfile& service, std::vector<TraceLine>& trace) {
  service.background = map.flag("background", false);
  const char* needed = service.background ? nullptr : "requestsPerSecond, users and deadline";
  if (const YamlNode* traffic = map.node("traffic", needed))
    service.traffic = read_traffic(*traffic, map.context(), trace);
}

void normalise(ServiceProfile& service, MapReader& map) {
  double sum = 0;
  for (const EndpointProfile& endpoint : service.endpoints) sum += endpoint.share;
  if (sum <= 0 && !service.endpoints.empty())
    map.fail("endpoints", "the shares of the endpoints sum up to nothing");
  for (EndpointProfile& endpoint : service.endpoints) endpoint.share = sum > 0 ? endpoint.share / sum : 0;
}

}  // namespace

void read_service(const YamlNode& node, const std::string& place, ProfileContext& context) {
  MapReader map(node, "a service", context.errors);
  ServiceProfile service;
  service.name = map.text("name");
  service.namespace_ = map.text("namespace");
  service.kubernetes_service = map.text("kubernetesService", service.name);
  service.host = map.text("host", "");
  service.probe_paths = map.texts("probePaths");
  service.latency_objective = positive_time(map, "latencyObjective", 500ms);
  std::vector<TraceLine> trace;
  read_users(map, service, trace);
  service.balancing = read_balancing(map);
  service.per_connection = map.flag("perConnection", false);
  for (const YamlNode& item : map.items("policies"))
    service.policies.push_back(read_policy(item, context.errors));
  const auto& endpoints = map.items("endpoints", "a list of endpoints");
  for (const YamlNode& item : endpoints) service.endpoints.push_back(read_endpoint(item, context));
  map.finish();
  if (map.node("endpoints") && endpoints.empty())
    map.fail("endpoints", "\"endpoints\": expected at least one");
  normalise(service, map);
  resolve_trace(service, trace, map);
  context.remember(map, place, "kubernetesService");
  context.remember(map, place, "namespace");
  context.result.profile.services.push_back(std::move(service));
}

}  // namespace muster
