// provider/rate-limit: it answers 429.
#include <fmt/format.h>

#include "cluster_model/provider/provider.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build(MapReader& map, const SystemSpec& system, const std::string&) {
  const ProviderProfile* profile = read_provider_name(map, system);
  const std::string name = profile ? profile->name : "";
  const int side = read_side(map, profile);
  const double value = map.number("requestsPerSecond", 0.001, 1e6);
  return {name, fmt::format("{} requests/s", value),
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.rate_limit = value;
            world.provider(name)->set_condition(side, condition);
          },
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.rate_limit = ProviderCondition{}.rate_limit;
            world.provider(name)->set_condition(side, condition);
          }};
}

}  // namespace

FaultKind provider_rate_limit_kind() {
  std::vector<FaultParameter> parameters = provider_parameters();
  parameters.push_back({"requestsPerSecond", "number", true, "Per API key."});
  return {"provider/rate-limit",
          "A provider lowers its rate limit: more is answered 429.",
          parameters,
          true,
          nullptr,
          build};
}

}  // namespace muster
