// provider/rate-limit: it answers 429.
#include <fmt/format.h>

#include "scenarios/faults/kinds.hpp"
#include "scenarios/faults/provider_fault.hpp"

namespace muster {
namespace {

FaultAction build_provider_rate_limit(MapReader& map, const SystemSpec& system, const std::string&) {
  const ProviderProfile* profile = read_provider_name(map, system);
  const int side = read_side(map, profile);
  const double value = map.number("requestsPerSecond", 0.001, 1e6);
  return set_provider_field(profile, side, &ProviderCondition::rate_limit, value,
                            fmt::format("{} requests/s", value));
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
          build_provider_rate_limit};
}

}  // namespace muster
