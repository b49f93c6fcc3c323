// Third-party providers.
#include <fmt/format.h>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

ProviderSide read_side(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a side of a provider", context.errors);
  ProviderSide side;
  side.name = map.text("name");
  side.requests_per_second = map.number("requestsPerSecond", 0, 1e6, 0.0);
  side.burst = map.number("burst", 0, 1e6, 0.0);
  side.concurrency = static_cast<int>(map.whole("concurrency", 0, 1'000'000, 0));
  if (map.node("warmUp")) side.warm_up = positive_time(map, "warmUp");
  side.cold_share = map.share("coldShare", 1.0);
  side.keys = map.texts("keys");
  map.finish();
  return side;
}

ProviderOperation read_operation(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "an operation", context.errors);
  ProviderOperation operation;
  operation.name = map.text("name");
  if (map.node("latency")) operation.latency = service_time(map, "latency");
  map.finish();
  return operation;
}

}  // namespace

void read_provider(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a provider", context.errors);
  ProviderProfile provider;
  provider.name = map.text("name");
  for (const YamlNode& item : map.items("sides", "a list: the vendor in use, then its backups"))
    provider.sides.push_back(read_side(item, context));
  for (const YamlNode& item : map.items("operations", "a list of operations"))
    provider.operations.push_back(read_operation(item, context));
  provider.choice_key = map.text("choiceKey", provider.choice_key);
  provider.api_key_key = map.text("apiKeyKey", provider.api_key_key);
  provider.round_trip = positive_time(map, "roundTrip", provider.round_trip);
  provider.status_lag_least = positive_time(map, "statusLagLeast", provider.status_lag_least);
  provider.status_lag_most =
      std::max(provider.status_lag_least, positive_time(map, "statusLagMost", provider.status_lag_most));
  map.finish();
  if (provider.sides.empty() && map.node("sides")) map.fail("sides", "\"sides\": expected at least one");
  context.result.profile.providers.push_back(std::move(provider));
}

}  // namespace muster
