// provider/slow: it answers late.
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
  const double value = map.number("factor", 1, 10'000, 30.0);
  return {name, fmt::format("{} times as slow", value),
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.slowness = value;
            world.provider(name)->set_condition(side, condition);
          },
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.slowness = ProviderCondition{}.slowness;
            world.provider(name)->set_condition(side, condition);
          }};
}

}  // namespace

FaultKind provider_slow_kind() {
  std::vector<FaultParameter> parameters = provider_parameters();
  parameters.push_back({"factor", "number", false, "How many times as long an answer takes; default 30."});
  return {"provider/slow", "A provider answers many times as slowly.", parameters, true, nullptr, build};
}

}  // namespace muster
