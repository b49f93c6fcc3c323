// provider/down: nobody answers.
#include "cluster_model/provider/provider.hpp"
#include "scenarios/faults/backend_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {
namespace {

FaultAction build(MapReader& map, const SystemSpec& system, const std::string&) {
  const ProviderProfile* profile = read_provider_name(map, system);
  const std::string name = profile ? profile->name : "";
  const int side = read_side(map, profile);
  const bool silent = map.flag("silent", false);
  const auto value = silent ? ProviderCondition::Down::silent : ProviderCondition::Down::refuses;
  return {name, silent ? "silent" : "refuses connections",
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.down = value;
            world.provider(name)->set_condition(side, condition);
          },
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.down = ProviderCondition{}.down;
            world.provider(name)->set_condition(side, condition);
          }};
}

}  // namespace

FaultKind provider_down_kind() {
  std::vector<FaultParameter> parameters = provider_parameters();
  parameters.push_back(
      {"silent", "true or false", false, "Connections are not refused but vanish; default false."});
  return {"provider/down", "A provider cannot be reached.", parameters, true, nullptr, build};
}

}  // namespace muster
