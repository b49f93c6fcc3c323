// A tandem tier with a slow window, on the real request path and database: three pods of eight event-loop
// workers, one shared pool of 20 connections (as PgBouncer keeps it), users who give up after 2 s and cancel
// what they asked for.
//   web_tier_bench [SECONDS]
// Prints one line in the form of the programs that bench/compare.sh runs beside it; `check` compares the mean
// latency of calm arrivals with M/G/8 (by the (1 + cv^2) / 2 rule) plus M/M/20.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cmath>
#include <cstdlib>
#include <ctime>

#include "cluster_model/database/database.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/request_watcher.hpp"

namespace muster {
namespace {

constexpr double rate = 1000, pod_mean = 0.020, pod_sigma = 0.6, query_mean = 0.015, slow_query = 0.040;
constexpr int pods = 3, workers = 8, connections = 20;

double erlang_c_wait(int c, double lambda, double mu) {
  const double a = lambda / mu;
  double blocked = 1;
  for (int k = 1; k <= c; ++k) blocked = a * blocked / (k + a * blocked);
  return blocked / (1 - a / c * (1 - blocked)) / (c * mu - lambda);
}

double calm_latency() {
  const double cv2 = std::exp(pod_sigma * pod_sigma) - 1;
  return pod_mean + 0.5 * (1 + cv2) * erlang_c_wait(workers, rate / pods, 1 / pod_mean) + query_mean +
         erlang_c_wait(connections, rate, 1 / query_mean);
}

/// Users who came before the slow window or well after it.
class CalmLatency final : public RequestWatcher {
 public:
  CalmLatency(const Engine& engine, double horizon) : engine_(engine), horizon_(horizon) {}
  void started(int, SimDuration) override {}
  void replied(int, int, Outcome, SimDuration) override {}
  void ended(int, Outcome outcome, SimDuration latency, std::uint32_t) override {
    if (outcome == Outcome::timeout) ++timeouts;
    const double arrival = seconds_of(engine_.now() - latency);
    const bool before = arrival >= 0.02 * horizon_ && arrival < 0.4 * horizon_;
    if (outcome != Outcome::ok || !(before || arrival >= 0.4 * horizon_ + horizon_ / 15 + 10)) return;
    ++calm;
    sum += latency.count();
  }
  double mean() const { return static_cast<double>(sum) * 1e-9 / static_cast<double>(calm); }
  std::uint64_t timeouts = 0, calm = 0;
  std::int64_t sum = 0;

 private:
  const Engine& engine_;
  double horizon_;
};

std::vector<ServiceProfile> services() {
  ServiceProfile web;
  web.name = "web";
  web.traffic.requests_per_second = rate;
  web.traffic.users = 3000;
  web.traffic.deadline = 2s;
  web.traffic.cancels = true;
  Step work, query;
  work.time = {ServiceTime::Kind::lognormal, duration_from_seconds(pod_mean), pod_sigma};
  query.kind = Step::Kind::backend;
  query.target = "main";
  query.operation = "query";
  web.endpoints.push_back({"GET", "/", "web", 1, {}, 0});
  web.endpoints[0].steps = {work, query};
  return {web};
}

// The connections are the servers of the queue: a query needs no core, no lock and no round trip.
DatabaseProfile database() {
  DatabaseProfile profile;
  profile.name = profile.database = "main";
  profile.endpoint = "db.internal";
  profile.instances = {{"db", "", true, false, false}};
  profile.roles = {{"app", "secret", false}};
  profile.round_trip = profile.connect_cpu = SimDuration::zero();
  profile.pool.processes = 0;
  profile.pool.size = connections;
  profile.pool.overflow = 0;
  profile.pool.wait = 120s;
  QueryClassProfile query;
  query.name = "query";
  query.time = {ServiceTime::Kind::exponential, duration_from_seconds(query_mean), 0};
  query.cpu_share = 0;
  profile.queries = {query};
  return profile;
}

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void run(double horizon) {
  Engine engine;
  NoFacts facts;
  RequestPath path(engine, facts, services(), 42);
  Database main(engine, facts, database(), 42, path.calls());
  path.connect("main", main);
  CalmLatency calm(engine, horizon);
  AppProfile event_loop;
  event_loop.worker_kind = WorkerKind::event_loop;
  std::vector<ServerId> targets;
  for (int i = 0; i < pods; ++i) {
    ServerSpec spec{"web", workers, 1 << 30, 1, 0};
    spec.app = &event_loop;
    targets.push_back(path.add_server(0, spec));
  }
  path.set_endpoints(0, targets);
  path.watch(&calm);
  const double start = cpu_seconds();
  path.start();
  engine.run_until(SimTime{duration_from_seconds(0.4 * horizon)});
  main.slow_down({0}, slow_query / query_mean, "statistics");
  engine.run_until(SimTime{duration_from_seconds(0.4 * horizon + horizon / 15)});
  main.clear_slowdown("statistics");
  engine.run_until(SimTime{duration_from_seconds(horizon)});
  const double spent = cpu_seconds() - start;
  path.check_invariants();
  const auto requests = static_cast<double>(path.requests_begun());
  const double error = std::fabs(calm.mean() / calm_latency() - 1);
  const double tolerance = 0.03 * std::sqrt(4500 / horizon) + 0.02;
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  fmt::print(
      "RESULT engine=muster work=web units={:.0f} cpu_s={:.4f} rate={:.6g} stat={:.6g} expect={:.6g} "
      "check={} "
      "rss_kb={} timeouts={:.5f}\n",
      requests, spent, requests / spent, calm.mean(), calm_latency(), error <= tolerance ? "ok" : "FAIL",
      use.ru_maxrss, static_cast<double>(calm.timeouts) / requests);
}

}  // namespace
}  // namespace muster

int main(int argc, char** argv) {
  muster::run(argc > 1 ? std::atof(argv[1]) : 4500);
}
