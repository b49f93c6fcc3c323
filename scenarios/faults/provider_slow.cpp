// provider/slow: it answers late.
#include <fmt/format.h>

#include "scenarios/faults/kinds.hpp"
#include "scenarios/faults/provider_fault.hpp"

namespace muster {
namespace {

FaultAction build_provider_slow(MapReader& map, const SystemSpec& system, const std::string&) {
  const ProviderProfile* profile = read_provider_name(map, system);
  const int side = read_side(map, profile);
  const double value = map.number("factor", 1, 10'000, 30.0);
  return set_provider_field(profile, side, &ProviderCondition::slowness, value,
                            fmt::format("{} times as slow", value));
}

}  // namespace

FaultKind provider_slow_kind() {
  std::vector<FaultParameter> parameters = provider_parameters();
  parameters.push_back({"factor", "number", false, "How many times as long an answer takes; default 30."});
  return {"provider/slow",    "A provider answers many times as slowly.", parameters, true, nullptr,
          build_provider_slow};
}

}  // namespace muster
