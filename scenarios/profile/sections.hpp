// The sections of a behaviour profile, one reader and one file each. A reader takes the node of its section,
// fills its part of the profile, and leaves the first error in the context.
#pragma once

#include <optional>
#include <string>

#include "scenarios/profile_file.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

/// What every section reader is given.
struct ProfileContext {
  ReadContext& errors;
  ProfileFile& result;

  /// Notes where a key stands, for checks against the manifests.
  void remember(const MapReader& map, const std::string& prefix, const std::string& key) {
    result.places[prefix + "." + key] = map.at(key).where(errors.file);
  }
};

// One of each per section. `place`: "services.0".
void read_service(const YamlNode& node, const std::string& place, ProfileContext& context);
void read_app(const YamlNode& node, const std::string& place, ProfileContext& context);
void read_database(const YamlNode& node, ProfileContext& context);
void read_provider(const YamlNode& node, ProfileContext& context);
/// After all services: whom their steps ask exists. `services`: their nodes, in order.
void check_steps(const std::vector<YamlNode>& services, ProfileContext& context);
void read_cluster(const YamlNode& node, ProfileContext& context);
void read_agent(const YamlNode& node, ProfileContext& context);
void read_disks(const YamlNode& node, ProfileContext& context);
void read_network(const YamlNode& node, ProfileContext& context);
void read_intruder(const YamlNode& node, ProfileContext& context);

// ---- values that several sections use (times.cpp) ----

/// More than 0s and at most 24 h.
SimDuration positive_time(MapReader& map, const std::string& key, std::optional<SimDuration> fallback = {});
/// "8s" is always 8 s; {median: 8s, sigma: 0.4} and {mean: 8s, sigma: 0.4} vary.
LognormalTime lognormal_time(MapReader& parent, const std::string& key,
                             std::optional<LognormalTime> fallback);
/// "20ms" or {law: ..., mean: ..., ...}.
ServiceTime service_time(MapReader& parent, const std::string& key);

// ---- parts of services and apps ----

// A value, or {env: KEY, default: value} (settings.cpp). Absent: the fallback; a duration: 0.
Setting number_setting(MapReader& map, const std::string& key, double least, double most, double fallback);
Setting duration_setting(MapReader& map, const std::string& key);
Setting switch_setting(MapReader& map, const std::string& key, bool fallback);

RetryProfile retries(MapReader& map, const std::string& key);          // policy_section.cpp
RateLimitProfile rate_limit(MapReader& map, const std::string& key);   // likewise
CallPolicy read_policy(const YamlNode& node, ReadContext& errors);     // likewise
std::vector<Step> read_steps(MapReader& map, const std::string& key);  // steps_section.cpp

/// A line of a trace; its endpoint is looked up when the endpoints are known. Empty = chosen by the shares.
struct TraceLine {
  SimDuration at{};
  std::string endpoint;
};
TrafficProfile read_traffic(const YamlNode& node, ReadContext& errors, std::vector<TraceLine>& trace);

}  // namespace muster
