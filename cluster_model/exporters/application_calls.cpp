// What a process tells of the calls it makes: query times, circuit breakers, and its feature flags.
#include <array>
#include <map>

#include "cluster_model/database/database.hpp"
#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/logs/instance_log.hpp"

namespace muster {
namespace {

constexpr std::array<const char*, 13> query_bounds = {
    "0.001", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"};

void expose_queries(const Database& database, ServerId server, SampleSink& sink) {
  const std::vector<QueryTimes>& times = database.query_times(server);
  const auto& queries = database.profile().queries;
  for (std::size_t i = 0; i < times.size(); ++i) {
    Labels labels{{"operation", queries[i].name}};
    expose_histogram(sink, "database_query_duration_seconds", labels, times[i].buckets, query_bounds,
                     times[i].sum);
  }
}

/// 0 closed, 1 open, 2 half-open: of the worker process whose breaker is furthest from closed.
int worst_breaker(const ExpositionView& view, ServerId server, const std::string& policy) {
  const std::uint32_t processes = view.requests.load(server).processes;
  int worst = 0;
  for (std::uint32_t process = 0; process < processes; ++process) {
    const BreakerState state = view.requests.breaker(server, policy, process);
    if (state == BreakerState::open) return 1;
    if (state == BreakerState::half_open) worst = 2;
  }
  return worst;
}

/// The switches behind which endpoints lie, as this process read them at its start.
void expose_flags(const ServiceProfile& service, const ServerSpec& spec, SampleSink& sink) {
  static const StringMap empty;
  const StringMap& environment = spec.environment ? *spec.environment : empty;
  std::map<std::string, bool> flags;
  for (const EndpointProfile& endpoint : service.endpoints)
    if (endpoint.when && !endpoint.when->env.empty())
      flags[endpoint.when->env] = endpoint.when->on(environment);
  for (const auto& [flag, on] : flags) sink.sample("feature_flag_enabled", {{"flag", flag}}, on ? 1 : 0);
}

void expose_log_messages(const ServerSpec& spec, SampleSink& sink) {
  if (!spec.log) return;
  const std::array<std::pair<const char*, LogLevel>, log_level_count> levels{
      {{"info", LogLevel::info}, {"warning", LogLevel::warning}, {"error", LogLevel::error}}};
  for (const auto& [name, level] : levels) {
    const std::uint64_t count = spec.log->messages()[static_cast<std::size_t>(level)];
    sink.sample("log_messages_total", {{"level", name}}, static_cast<double>(count));
  }
}

}  // namespace

void expose_calls(const ExpositionView& view, std::size_t index, ServerId server, SampleSink& sink) {
  const ServiceProfile& service = view.profile.services[index];
  for (const Database* database : view.databases) expose_queries(*database, server, sink);
  for (const CallPolicy& policy : service.policies)
    sink.sample("circuit_breaker_state", {{"provider", policy.name}},
                worst_breaker(view, server, policy.name));
  expose_flags(service, view.requests.spec(server), sink);
  expose_log_messages(view.requests.spec(server), sink);
}

}  // namespace muster
