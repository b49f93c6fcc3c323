// What users reach: services, their endpoints and traffic.
#include <fmt/format.h>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

// Bounds are far beyond any real system; they keep sums and products within their types.
constexpr double rate_max = 1e5;  // requests per second
constexpr std::int64_t count_max = 1'000'000;

EndpointProfile read_endpoint(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "an endpoint", context.errors);
  EndpointProfile endpoint;
  endpoint.method = map.text("method", "GET");
  endpoint.path = map.text("path");
  endpoint.feature = map.text("feature");
  endpoint.share = map.share("share");
  endpoint.service_time = service_time(map, "serviceTime");
  endpoint.client_error_probability = map.share("clientErrors", 0.0);
  map.finish();
  if (!endpoint.path.starts_with('/')) map.fail("path", "\"path\": expected one that begins with /");
  return endpoint;
}

TrafficProfile read_traffic(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "the traffic", context.errors);
  TrafficProfile traffic;
  traffic.requests_per_second = map.number("requestsPerSecond", 0, rate_max);
  traffic.users = static_cast<std::uint32_t>(map.whole("users", 1, count_max));
  traffic.deadline = positive_time(map, "deadline", 10s);
  map.finish();
  return traffic;
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
  if (const YamlNode* traffic = map.node("traffic", "requestsPerSecond, users and deadline"))
    service.traffic = read_traffic(*traffic, context);
  const auto& endpoints = map.items("endpoints", "a list of endpoints");
  for (const YamlNode& item : endpoints) service.endpoints.push_back(read_endpoint(item, context));
  map.finish();
  if (map.node("endpoints") && endpoints.empty())
    map.fail("endpoints", "\"endpoints\": expected at least one");
  normalise(service, map);
  context.remember(map, place, "kubernetesService");
  context.remember(map, place, "namespace");
  context.result.profile.services.push_back(std::move(service));
}

}  // namespace muster
