#include "cluster_model/traffic/request_server.hpp"

#include <algorithm>
#include <limits>

namespace muster {
namespace {

// The finite bounds of metric_buckets() in nanoseconds: integers compare exactly.
constexpr std::array<std::int64_t, 11> bucket_bounds_ns = {
    5'000'000,   10'000'000,    25'000'000,    50'000'000,    100'000'000,   250'000'000,
    500'000'000, 1'000'000'000, 2'500'000'000, 5'000'000'000, 10'000'000'000};

std::size_t bucket_of(SimDuration latency) {
  std::size_t bucket = 0;
  while (bucket < bucket_bounds_ns.size() && latency.count() > bucket_bounds_ns[bucket]) ++bucket;
  return bucket;
}

const StringMap& environment_of(const ServerSpec& spec) {
  static const StringMap none;
  return spec.environment ? *spec.environment : none;
}

std::uint32_t positive(double number, int fallback) {
  return static_cast<std::uint32_t>(number >= 1 ? std::min(number, 1e6) : fallback);
}

}  // namespace

const std::vector<double>& RequestPath::metric_buckets() {
  static const std::vector<double> bounds = [] {
    std::vector<double> seconds;
    for (std::int64_t ns : bucket_bounds_ns) seconds.push_back(static_cast<double>(ns) / 1e9);
    seconds.push_back(std::numeric_limits<double>::infinity());
    return seconds;
  }();
  return bounds;
}

RequestServer::RequestServer(int service_index, ServerSpec server_spec, const CompiledService& compiled,
                             SimTime now)
    : service(service_index), spec(std::move(server_spec)), started(now) {
  MUSTER_ASSERT(spec.workers > 0, "a server needs a worker");
  MUSTER_ASSERT(spec.backlog >= 0, "a backlog is not negative");
  fix_numbers(compiled, now);
  const std::size_t endpoints = compiled.endpoints.size() - 1;
  counters.replies.resize(endpoints);
  counters.latency.assign(endpoints, std::vector<std::uint64_t>(RequestPath::metric_buckets().size()));
  counters.latency_sum.resize(endpoints);
  counters.throttled.resize(endpoints);
}

void RequestServer::fix_numbers(const CompiledService& compiled, SimTime now) {
  const StringMap& environment = environment_of(spec);
  static const AppProfile nothing_said;
  const AppProfile& app = spec.app ? *spec.app : nothing_said;
  kind = app.worker_kind;
  const Setting worker_count{static_cast<double>(spec.workers), app.workers_env};
  workers = positive(worker_count.in(environment), spec.workers);
  backlog = static_cast<std::uint32_t>(spec.backlog);
  processes = kind == WorkerKind::thread ? 1 : workers;
  visits.reserve(workers);
  factor = spec.service_time_factor;
  limit = TokenBucket(app.limit.rate.in(environment), app.limit.burst);
  if (app.queue_timeout) queue_timeout_law = std::make_unique<ServiceSampler>(*app.queue_timeout);
  queue_timeout = queue_timeout_law.get();
  const double quota = static_cast<double>(spec.cpu_limit_millis) / 1000;
  if (app.cores > 0 || quota > 0) cpu = std::make_unique<CpuShare>(app.cores, quota, now);
  for (std::size_t i = 0; i < compiled.flags.size(); ++i)
    flags |= static_cast<std::uint64_t>(compiled.flags[i].on(environment)) << i;
  policies_per_process = compiled.policies.size();
  if (policies_per_process > 1) {
    for (std::uint32_t i = 0; i < processes; ++i)
      for (const CallPolicy& policy : compiled.policies) policies.emplace_back(policy, environment);
  } else {
    policies.resize(processes);
  }
  known.resize(compiled.caches.size());
  if (spec.behaviour && !spec.behaviour->endpoints.empty()) {
    endpoints_.resize(compiled.paths.size());
    for (const EndpointBehaviour& special : spec.behaviour->endpoints)
      for (std::size_t i = 0; i < compiled.paths.size(); ++i)
        if (compiled.paths[i] == special.path) endpoints_[i] = special;
  }
  plain = endpoints_.empty() && !app.memory.modelled();
}

void RequestServer::count_reply(std::uint32_t endpoint, Outcome outcome, SimDuration latency) {
  if (endpoint >= counters.replies.size()) return;  // a path that is no endpoint
  ++counters.replies[endpoint][static_cast<std::size_t>(outcome)];
  ++counters.latency[endpoint][bucket_of(latency)];
  counters.latency_sum[endpoint] += seconds_of(latency);
}

void RequestServer::count_throttled(std::uint32_t endpoint) {
  if (endpoint < counters.throttled.size()) ++counters.throttled[endpoint];
}

double RequestServer::failure_probability(std::uint32_t endpoint) const {
  if (endpoint >= endpoints_.size()) return spec.error_probability;
  const double here = endpoints_[endpoint].error_probability;
  return spec.error_probability + here - spec.error_probability * here;  // either of two independent ones
}

double RequestServer::endpoint_factor(std::uint32_t endpoint) const {
  return endpoint < endpoints_.size() ? endpoints_[endpoint].service_time_factor : 1;
}

}  // namespace muster
