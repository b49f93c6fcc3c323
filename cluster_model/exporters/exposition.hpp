// What a Prometheus could scrape from the world, under the names that real exporters use: the applications
// themselves, kube-state-metrics, a blackbox prober and the ingress controller. Reading it draws nothing and
// changes nothing.
#pragma once

#include <vector>

#include "cluster_model/profile.hpp"
#include "cluster_model/store.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "telemetry/scraper.hpp"

namespace muster {

class Database;
class Provider;
class World;
class ControlPlane;
class NodeDisks;

/// What the exporters read.
struct ExpositionView {
  const ObjectStore& objects;
  const RequestPath& requests;
  const SystemProfile& profile;
  Epoch epoch;
  ControlPlane* control = nullptr;  ///< null: no kubelets, no node exporters
  const NodeDisks* disks = nullptr;
  std::vector<const Database*> databases{};
  std::vector<const Provider*> providers{};
  SimTime now{};
};

/// The targets of this moment, in a fixed order; they come and go with pods. They refer to the world: scrape
/// them before it changes. Jobs:
///   the Kubernetes Service's name   one target per pod in its EndpointSlice; down (up = 0) while it does not
///                                   listen
///   kube-state-metrics              objects
///   kubelet, node-exporter          one target per node: its pods, containers and volumes; the machine
///   blackbox                        one target per probed URL
///   ingress                         the balancer, which sees what pods cannot: 502, 503, 504
///   postgres-exporter               one target per database instance
///   backend-clients, status-page    connection pools and calls to providers; the providers' own words
///   agents, falco                   background agents; the runtime sensor
/// cluster_model/exporters/metric_families.hpp says what each metric is.
std::vector<ScrapeTarget> scrape_targets(const ExpositionView& view);
std::vector<ScrapeTarget> scrape_targets(World& world);

}  // namespace muster
