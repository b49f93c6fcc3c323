#include "scoring/baselines.hpp"

namespace muster {

const Baseline* Baselines::find(std::string_view kind) const {
  for (const Baseline& run : runs)
    if (run.kind == kind) return &run;
  return nullptr;
}

void ImpactRecorder::record(SimTime at, Fact fact) {
  if (const auto* traffic = std::get_if<TrafficFact>(&fact)) impact_.add(at, *traffic);
}

}  // namespace muster
