#include "drill/baseline_runs.hpp"

#include "drill/simulation.hpp"

namespace muster {
namespace {

ImpactCurve impact_of(const Scenario& scenario, std::uint64_t seed, Simulation::Kind kind) {
  ImpactRecorder recorder;
  Simulation simulation(scenario, seed, recorder, kind);
  simulation.run_to_horizon();
  return recorder.impact();
}

}  // namespace

Baselines run_baselines(const Scenario& scenario, std::uint64_t seed, const std::string& head,
                        const ImpactCurve* nothing_done) {
  Baselines baselines;
  baselines.head = head;
  baselines.runs.push_back({"no_fault", impact_of(scenario, seed, Simulation::Kind::no_fault)});
  baselines.runs.push_back({"nothing_done", nothing_done
                                                ? *nothing_done
                                                : impact_of(scenario, seed, Simulation::Kind::nothing_done)});
  return baselines;
}

}  // namespace muster
