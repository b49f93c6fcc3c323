// provider/errors: it answers 503.
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
  const double value = map.share("share", 1.0);
  return {name, fmt::format("errors {:.0f} %", value * 100),
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.errors = value;
            world.provider(name)->set_condition(side, condition);
          },
          [=](World& world) {
            ProviderCondition condition = world.provider(name)->condition(side);
            condition.errors = ProviderCondition{}.errors;
            world.provider(name)->set_condition(side, condition);
          }};
}

}  // namespace

FaultKind provider_errors_kind() {
  std::vector<FaultParameter> parameters = provider_parameters();
  parameters.push_back({"share", "share", false, "Of its answers; default 100 %."});
  return {"provider/errors", "A provider answers a share of requests with 503.",
          parameters,        true,
          nullptr,           build};
}

}  // namespace muster
