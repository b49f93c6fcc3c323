// provider/errors: it answers 503.
#include <fmt/format.h>

#include "scenarios/faults/kinds.hpp"
#include "scenarios/faults/provider_fault.hpp"

namespace muster {
namespace {

FaultAction build_provider_errors(MapReader& map, const SystemSpec& system, const std::string&) {
  const ProviderProfile* profile = read_provider_name(map, system);
  const int side = read_side(map, profile);
  const double value = map.share("share", 1.0);
  return set_provider_field(profile, side, &ProviderCondition::errors, value,
                            fmt::format("errors {:.0f} %", value * 100));
}

}  // namespace

FaultKind provider_errors_kind() {
  std::vector<FaultParameter> parameters = provider_parameters();
  parameters.push_back({"share", "share", false, "Of its answers; default 100 %."});
  return {"provider/errors",    "A provider answers a share of requests with 503.", parameters, true, nullptr,
          build_provider_errors};
}

}  // namespace muster
