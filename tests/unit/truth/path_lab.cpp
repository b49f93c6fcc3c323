#include "tests/unit/truth/path_lab.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace muster {
namespace {

std::vector<ServiceProfile> services_of(const std::deque<LabStation>& stations) {
  std::vector<ServiceProfile> services;
  for (const LabStation& station : stations) services.push_back(station.service);
  return services;
}

NoFacts nobody;

}  // namespace

std::uint64_t Sums::requests() const {
  return std::accumulate(ended.begin(), ended.end(), std::uint64_t{0});
}

Sums operator-(const Sums& later, const Sums& earlier) {
  Sums d = later;
  d.started -= earlier.started;
  d.waited -= earlier.waited;
  for (std::size_t i = 0; i < d.wait_over.size(); ++i) d.wait_over[i] -= earlier.wait_over[i];
  d.wait -= earlier.wait;
  d.replied -= earlier.replied;
  d.sojourn -= earlier.sojourn;
  for (std::size_t i = 0; i < d.over.size(); ++i) d.over[i] -= earlier.over[i];
  for (std::size_t i = 0; i < d.ended.size(); ++i) d.ended[i] -= earlier.ended[i];
  d.latency -= earlier.latency;
  d.lost_latency -= earlier.lost_latency;
  d.attempts -= earlier.attempts;
  return d;
}

LabStation::LabStation(std::string name, double rate, const ServiceTime& time, int workers_, int backlog_)
    : workers(workers_), backlog(backlog_) {
  service.name = service.kubernetes_service = name;
  service.namespace_ = "lab";
  service.traffic.requests_per_second = rate;
  service.traffic.deadline = 100'000'000s;
  service.latency_objective = 100'000'000s;
  service.endpoints.push_back({"GET", "/", "lab", 1, time, 0});
}

Lab::Lab(const std::deque<LabStation>& stations, std::uint64_t seed)
    : path(engine, nobody, services_of(stations), seed), stations_(stations), sums_(stations.size()) {
  for (std::size_t i = 0; i < stations.size(); ++i) {
    servers.emplace_back();
    replace(static_cast<int>(i));
  }
  path.watch(this);
  path.start();
}

void Lab::replace(int service) {
  const auto index = static_cast<std::size_t>(service);
  const LabStation& station = stations_[index];
  if (servers[index]) path.kill_server(servers[index]);
  ServerSpec spec{"pod", station.workers, station.backlog, 1, station.error_probability};
  spec.app = &station.app;
  servers[index] = path.add_server(service, spec);
  path.set_endpoints(service, {servers[index]});
}

void Lab::run_to(double seconds) {
  engine.run_until(SimTime{duration_from_seconds(seconds)});
}

void Lab::started(int service, SimDuration waited) {
  Sums& sums = sums_[static_cast<std::size_t>(service)];
  ++sums.started;
  if (waited == SimDuration{0}) return;
  ++sums.waited;
  sums.wait += waited.count();
  for (std::size_t i = 0; i < wait_thresholds.size(); ++i)
    if (waited > wait_thresholds[i]) ++sums.wait_over[i];
}

void Lab::replied(int service, int, Outcome, SimDuration sojourn) {
  Sums& sums = sums_[static_cast<std::size_t>(service)];
  ++sums.replied;
  sums.sojourn += sojourn.count();
  for (std::size_t i = 0; i < thresholds.size(); ++i)
    if (sojourn > thresholds[i]) ++sums.over[i];
}

void Lab::ended(int service, Outcome outcome, SimDuration latency, std::uint32_t attempts) {
  Sums& sums = sums_[static_cast<std::size_t>(service)];
  ++sums.ended[static_cast<std::size_t>(outcome)];
  sums.latency += latency.count();
  if (outcome == Outcome::unavailable) sums.lost_latency += latency.count();
  sums.attempts += attempts;
}

ServiceTime exponential_time(double mean_s) {
  return {ServiceTime::Kind::exponential, duration_from_seconds(mean_s), 0};
}

ServiceTime constant_time(double mean_s) {
  return {ServiceTime::Kind::deterministic, duration_from_seconds(mean_s), 0};
}

double requests_needed(double rho, double width, double noise) {
  const double relative = 2 * (1 + rho) / (rho * (1 - rho) * (1 - rho)) * noise;
  const double n = 3.9 * 3.9 * relative / (width * width);
  return std::max(n, 3e5);
}

bool long_run() {
  return std::getenv("MUSTER_TRUTH_LONG") != nullptr;
}

}  // namespace muster
