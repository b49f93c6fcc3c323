// What a playbook costs beside the simulation it plays in: the bad-deploy drill with the shipped good
// playbook, against the same changes of the world made at the same times by nobody. Both write their journal
// into nothing.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "drill/host.hpp"
#include "drill/inbox.hpp"
#include "drill/submit.hpp"
#include "responders/factory.hpp"

namespace {

using namespace muster;

const std::string playbook_root = MUSTER_SOURCE_DIR;
const std::string spec = "playbook:" + playbook_root + "/responders/library/bad-deploy.good.yaml";

struct Played {
  std::vector<RequestRecord> changes;
  std::vector<SimTime> times;
  std::int64_t requests = 0;
};

Scenario scenario() {
  return load_scenario(playbook_root + "/scenarios/library/bad-deploy.yaml").value();
}

/// Plays the playbook; the journal's text goes to `text`, if anywhere.
void play(const Scenario& drill, std::string* text) {
  JournalWriter journal(
      [text](std::string_view line) {
        if (text != nullptr) *text += line;
        return Result<void>();
      },
      Header{});
  Simulation simulation(drill, drill.seed, journal, Simulation::Kind::drill);
  DrillHost host(simulation, journal);
  const auto responder = make_responder(spec, 1, drill.horizon).value();
  Task<void> playing = responder->play(host);
  playing.start();
  simulation.run_to_horizon();
  benchmark::DoNotOptimize(journal.seal(simulation.now()));
}

Played recorded(const Scenario& drill) {
  std::string text;
  play(drill, &text);
  const Journal journal = read_journal(text, "journal.jsonl").value();
  Played played;
  for (const Record& record : journal.records) {
    const RequestRecord* request = record.request();
    if (request == nullptr) continue;
    ++played.requests;
    if (request->verb == "GET") continue;
    played.changes.push_back(*request);
    played.times.push_back(record.at);
  }
  return played;
}

void playbook_drill(benchmark::State& state) {
  const Scenario drill = scenario();
  const Played played = recorded(drill);
  for (auto _ : state) play(drill, nullptr);
  state.counters["requests"] = static_cast<double>(played.requests);
}
BENCHMARK(playbook_drill)->Unit(benchmark::kMillisecond);

void same_changes_by_nobody(benchmark::State& state) {
  const Scenario drill = scenario();
  const Played played = recorded(drill);
  for (auto _ : state) {
    JournalWriter journal([](std::string_view) { return Result<void>(); }, Header{});
    Simulation simulation(drill, drill.seed, journal, Simulation::Kind::drill);
    Inbox inbox(simulation.engine());
    for (std::size_t i = 0; i < played.changes.size(); ++i) {
      const RequestRecord& change = played.changes[i];
      inbox.add(played.times[i], [&simulation, &journal, &change] {
        submit_and_record(simulation, journal,
                          Request{change.actor, change.verb, change.path, change.content_type, change.body});
      });
    }
    simulation.run_to_horizon();
    benchmark::DoNotOptimize(journal.seal(simulation.now()));
  }
  state.counters["requests"] = static_cast<double>(played.changes.size());
}
BENCHMARK(same_changes_by_nobody)->Unit(benchmark::kMillisecond);

}  // namespace
