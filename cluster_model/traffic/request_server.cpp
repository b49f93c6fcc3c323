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

RequestServer::RequestServer(int service_index, ServerSpec server_spec, std::size_t endpoints)
    : service(service_index), spec(std::move(server_spec)) {
  MUSTER_ASSERT(spec.workers > 0, "a server needs a worker");
  MUSTER_ASSERT(spec.backlog >= 0, "a backlog is not negative");
  working.reserve(static_cast<std::size_t>(spec.workers));
  counters.replies.resize(endpoints);
  counters.latency.assign(endpoints, std::vector<std::uint64_t>(RequestPath::metric_buckets().size()));
  counters.latency_sum.resize(endpoints);
}

void RequestServer::count_reply(std::uint32_t endpoint, Outcome outcome, SimDuration latency) {
  ++counters.replies[endpoint][static_cast<std::size_t>(outcome)];
  ++counters.latency[endpoint][bucket_of(latency)];
  counters.latency_sum[endpoint] += seconds_of(latency);
}

}  // namespace muster
