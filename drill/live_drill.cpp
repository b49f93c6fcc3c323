#include "drill/live_drill.hpp"

namespace muster {

LiveDrill::LiveDrill(Scenario scenario, std::uint64_t seed)
    : scenario_(std::move(scenario)),
      simulation_(scenario_, seed, facts_, Simulation::Kind::drill),
      inbox_(simulation_.engine()) {}

Result<std::unique_ptr<LiveDrill>> LiveDrill::load(const Options& options, Epoch epoch) {
  Result<Scenario> scenario = load_scenario(options.scenario, options.overrides);
  if (!scenario) return scenario.error();
  scenario->epoch = epoch;
  const std::uint64_t seed = options.seed.value_or(scenario->seed);
  return std::unique_ptr<LiveDrill>(new LiveDrill(std::move(*scenario), seed));
}

void LiveDrill::advance_to(SimTime at) {
  if (at > now()) simulation_.engine().run_until(at);
}

Answer LiveDrill::submit(const Request& request) {
  Answer answer;
  inbox_.add(now(), [this, &request, &answer] { answer = simulation_.handle(request); });
  simulation_.engine().run_until(now());
  return answer;
}

}  // namespace muster
