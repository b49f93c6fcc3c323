// The whole bad-deploy drill: what a user waits for, and its parts.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "drill/run_drill.hpp"
#include "drill/simulation.hpp"
#include "scenarios/scenario.hpp"

namespace {

using namespace muster;

const std::string root = MUSTER_SOURCE_DIR;
const std::string scenario_file = root + "/scenarios/library/bad-deploy.yaml";
const std::string responder =
    "runbook:" + root + "/scenarios/systems/autonomous-dev/runbook.md#Roll back the deployment";

// `muster run`: load, play 75 minutes, both baselines, score, write the directory.
void whole_drill(benchmark::State& state) {
  RunOptions options;
  options.scenario = scenario_file;
  options.responders = {responder};
  options.out = (std::filesystem::temp_directory_path() / "muster-bench-drill").string();
  options.overwrite = true;
  for (auto _ : state) {
    const Result<RunResult> result = run_drill(options);
    if (!result) return state.SkipWithError(result.error().text().c_str());
    if (!result->card.restored) return state.SkipWithError("the drill did not restore service");
  }
  std::filesystem::remove_all(options.out);
}
BENCHMARK(whole_drill)->Unit(benchmark::kMillisecond);

// One run without anybody watching or responding: request path and control plane. Items are engine events.
void bare_run(benchmark::State& state) {
  const Result<Scenario> scenario = load_scenario(scenario_file);
  if (!scenario) return state.SkipWithError(scenario.error().text().c_str());
  const auto kind = static_cast<Simulation::Kind>(state.range(0));
  std::int64_t events = 0;
  for (auto _ : state) {
    NoFacts facts;
    Simulation simulation(*scenario, scenario->seed, facts, kind);
    simulation.run_to_horizon();
    events += static_cast<std::int64_t>(simulation.engine().events_executed());
  }
  state.SetItemsProcessed(events);
}
BENCHMARK(bare_run)
    ->Unit(benchmark::kMillisecond)
    ->ArgName("kind")
    ->Arg(static_cast<int>(Simulation::Kind::no_fault))
    ->Arg(static_cast<int>(Simulation::Kind::nothing_done))
    ->Arg(static_cast<int>(Simulation::Kind::drill));

}  // namespace
