// provider/down: nobody answers.
#include "scenarios/faults/kinds.hpp"
#include "scenarios/faults/provider_fault.hpp"

namespace muster {
namespace {

FaultAction build_provider_down(MapReader& map, const SystemSpec& system, const std::string&) {
  const ProviderProfile* profile = read_provider_name(map, system);
  const int side = read_side(map, profile);
  const bool silent = map.flag("silent", false);
  const auto value = silent ? ProviderCondition::Down::silent : ProviderCondition::Down::refuses;
  return set_provider_field(profile, side, &ProviderCondition::down, value,
                            silent ? "silent" : "refuses connections");
}

}  // namespace

FaultKind provider_down_kind() {
  std::vector<FaultParameter> parameters = provider_parameters();
  parameters.push_back(
      {"silent", "true or false", false, "Connections are not refused but vanish; default false."});
  return {"provider/down", "A provider cannot be reached.", parameters, true, nullptr, build_provider_down};
}

}  // namespace muster
