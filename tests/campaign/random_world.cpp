#include "tests/campaign/random_world.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "drill/host.hpp"
#include "drill/invariants.hpp"
#include "drill/simulation.hpp"
#include "tests/campaign/chaos_responder.hpp"
#include "tests/campaign/converged.hpp"
#include "tests/campaign/healer.hpp"
#include "tests/campaign/random_faults.hpp"

namespace muster::campaign {
namespace {

namespace fs = std::filesystem;

constexpr SimTime regular_end = sim_start + 10min;
// The slowest honest way back: a crash back-off of 5 minutes that began late, and a rollout behind it.
constexpr SimTime patience_end = sim_start + 25min;

constexpr const char* scenario_text = R"(muster: 1
name: seed-{}
system: ./system
seed: {}
horizon: 1h
rubric: {{severity: [{{name: P0, respondWithin: 5m, clauses: [{{text: outage, outage: true}}]}}]}}
)";

constexpr const char* rules_text = R"(groups:
  - name: drawn
    rules:
      - alert: Down
        expr: up == 0
        for: 15s
        labels: {priority: P1}
      - record: job:requests:rate1m
        expr: sum by (job) (rate(http_requests_total[1m]))
)";

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

Result<Scenario> write_world(std::uint64_t seed, const std::string& folder) {
  const DrawnSystem system = draw_system(seed);
  const fs::path root(folder);
  write(root / "system/manifests/all.yaml", system.manifests);
  write(root / "system/profile.yaml", system.profile);
  write(root / "system/rules/rules.yml", rules_text);
  write(root / "scenario.yaml",
        fmt::format(fmt::runtime(scenario_text), seed, seed) + draw_faults(seed, system));
  return load_scenario((root / "scenario.yaml").string());
}

Played play_world(const Scenario& scenario, std::uint64_t seed) {
  Played played;
  JournalWriter journal(
      [&played](std::string_view line) {
        played.journal += line;
        return Result<void>();
      },
      Header{});
  RecentTraffic facts(journal);
  Simulation simulation(scenario, seed, facts, Simulation::Kind::drill);
  DrillHost host(simulation, journal);
  ChaosResponder chaos(seed);
  Healer healer(scenario.system.objects, scenario.epoch);
  std::vector<Task<void>> tasks;
  for (Responder* responder : {static_cast<Responder*>(&chaos), static_cast<Responder*>(&healer)}) {
    tasks.push_back(responder->play(host));
    tasks.back().start();
  }
  const RunChecks checks = world_checks(simulation.world());
  for (SimTime end = regular_end; end <= patience_end; end += 30s) {
    run_checked(simulation.engine(), end, checks);
    played.ended = end;
    played.complaints = complaints(simulation.world(), scenario.system.objects, facts);
    if (played.complaints.empty()) break;
  }
  played.fingerprint = simulation.engine().fingerprint().hex();
  return played;
}

}  // namespace muster::campaign
