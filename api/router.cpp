#include "api/router.hpp"

#include <fmt/format.h>

#include "api/alertmanager/alertmanager_api.hpp"
#include "api/audit.hpp"
#include "api/cloud/cloud_sql.hpp"
#include "api/database/query.hpp"
#include "api/desk/desk.hpp"
#include "api/prom/prometheus.hpp"
#include "api/service/web.hpp"
#include "api/url.hpp"
#include "cluster_model/exporters/exposition.hpp"

namespace muster {

namespace {

enum class Door { kubernetes, prometheus, alertmanager, desk, audit, cloud, database, provider, web, none };

Door door_of(const std::vector<std::string>& path) {
  if (path.empty()) return Door::none;
  if (is_prometheus_path(path)) return Door::prometheus;
  if (path[0] == "desk") return path.size() > 1 && path[1] == "v1" ? Door::desk : Door::none;
  if (path[0] == "cloud") return Door::cloud;
  if (path[0] == "db") return Door::database;
  if (path[0] == "provider") return Door::provider;
  if (path[0] == "web") return Door::web;
  if (path[0] == "audit") return path.size() > 1 && path[1] == "v1" ? Door::audit : Door::none;
  if (path[0] == "api" && path.size() > 1 && path[1] == "v2") return Door::alertmanager;
  const bool kubernetes = path[0] == "api" || path[0] == "apis" || path[0] == "version" ||
                          path[0] == "healthz" || path[0] == "livez" || path[0] == "readyz" ||
                          path[0] == "openapi";
  return kubernetes ? Door::kubernetes : Door::none;
}

Answer plain(int status, std::string message) {
  return {status, "text/plain", std::move(message) + "\n", {}, nullptr};
}

}  // namespace

Router::Router(World& world, const SeriesStore& series, const AlertEngine& alerts, Desk& desk)
    : world_(world), cluster_(world), kube_(cluster_), series_(series), alerts_(alerts), desk_(desk) {}

Answer Router::handle(const Request& request) {
  if (request.body.size() > body_bytes_max) {
    return plain(
        413, fmt::format("the body has {} bytes; at most {} are taken", request.body.size(), body_bytes_max));
  }
  const auto url = parse_url(request.path);
  if (!url) return plain(400, "the path has a broken percent sequence");
  switch (door_of(url->segments)) {
    case Door::kubernetes: {
      Answer answer = kube_.handle(request);
      note_kubernetes_request(world_, request, *url, answer);
      return answer;
    }
    case Door::prometheus:
      return handle_prometheus(request, {world_.now(), world_.epoch(), series_, alerts_,
                                         [this] { return scrape_targets(world_); }});
    case Door::alertmanager:
      if (!alertmanager_) break;
      return handle_alertmanager(request, *url, world_.now(), world_.epoch(), *alertmanager_);
    case Door::desk:
      return desk_.handle(request, world_.now(), world_.epoch());
    case Door::cloud:
      return handle_cloud_sql(request, *url, world_);
    case Door::database: {
      Answer answer = handle_database(request, *url, world_);
      note_database_request(world_, *url, answer);
      return answer;
    }
    case Door::provider:
      return handle_provider_status(request, *url, world_);
    case Door::web:
      return handle_web(request, *url, world_);
    case Door::audit:
      return handle_audit(world_, request, *url);
    case Door::none:
      break;
  }
  return plain(404, "404 page not found");
}

}  // namespace muster
