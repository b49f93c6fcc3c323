#include "drill/replay.hpp"

#include <algorithm>

#include "drill/drill_directory.hpp"
#include "drill/inbox.hpp"
#include "drill/simulation.hpp"
#include "drill/submit.hpp"
#include "journal/journal.hpp"
#include "journal/read_file.hpp"
#include "scenarios/scenario.hpp"

namespace muster {
namespace {

Result<void> check_inputs(const std::string& directory, const Header& header) {
  for (const InputFile& input : header.inputs) {
    Result<std::string> content = read_file(directory + "/inputs/" + input.name);
    if (!content) return content.error();
    if (sha256_hex(*content) != input.sha256) {
      return invalid_input("the frozen input \"" + input.name + "\" is not the one the drill was run with");
    }
  }
  return {};
}

// Requests, and what responders told about themselves: the records that do not follow from the scenario and
// seed.
bool comes_from_outside(const Record& record) {
  return record.request() || record.fact<ResponderFact>();
}

void do_again(Simulation& simulation, JournalWriter& journal, const Record& record) {
  if (const RequestRecord* done = record.request()) {
    submit_and_record(simulation, journal,
                      Request{done->actor, done->verb, done->path, done->content_type, done->body});
  } else {
    journal.record(simulation.now(), *record.fact<ResponderFact>());
  }
}

std::uint64_t first_different_line(const std::string& a, const std::string& b) {
  const auto [at, unused] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::uint64_t>(std::count(a.begin(), at, '\n'));
}

std::string recorded_fingerprint(const Journal& journal) {
  for (const Record& record : journal.records) {
    if (const EndFact* end = record.fact<EndFact>()) return end->fingerprint;
  }
  return "";
}

using AtEnd = std::function<void(Simulation&)>;

std::string run_again(const Scenario& scenario, const Journal& recorded, const AtEnd& at_end) {
  std::string text;
  JournalWriter journal(
      [&text](std::string_view line) {
        text += line;
        return Result<void>();
      },
      recorded.header);
  Simulation simulation(scenario, recorded.header.seed, journal, Simulation::Kind::drill);
  Inbox inbox(simulation.engine());
  for (const Record& record : recorded.records) {
    if (!comes_from_outside(record)) continue;
    inbox.add(record.at, [&simulation, &journal, &record] { do_again(simulation, journal, record); });
  }
  simulation.run_to_horizon();
  (void)journal.seal(simulation.now());  // the sink cannot fail
  at_end(simulation);
  return text;
}

struct Loaded {
  std::string text;
  Journal journal;
  Scenario scenario;
};

Result<Loaded> load_drill(const std::string& directory) {
  Result<std::string> text = read_file(directory + "/journal.jsonl");
  if (!text) return text.error();
  Result<Journal> journal = read_journal(*text, "journal.jsonl");
  if (!journal) return journal.error();
  if (journal->header.model != model_version) {
    return invalid_input("journal.jsonl was made by model version " + std::to_string(journal->header.model) +
                         "; this is version " + std::to_string(model_version) +
                         ": it can be scored, not replayed");
  }
  if (Result<void> checked = check_inputs(directory, journal->header); !checked) return checked.error();
  Result<Scenario> scenario = load_scenario(directory + "/inputs/scenario.yaml", journal->header.overrides);
  if (!scenario) return scenario.error();
  return Loaded{std::move(*text), std::move(*journal), std::move(*scenario)};
}

}  // namespace

Result<ReplayResult> replay_drill(const std::string& directory) {
  const Result<Loaded> drill = load_drill(directory);
  if (!drill) return drill.error();
  ReplayResult result;
  const std::string again = run_again(drill->scenario, drill->journal, [&result](Simulation& simulation) {
    result.fingerprint = simulation.engine().fingerprint().hex();
  });
  result.recorded_fingerprint = recorded_fingerprint(drill->journal);
  result.records = drill->journal.records.size();
  result.equal = again == drill->text;
  if (!result.equal) result.first_difference = first_different_line(drill->text, again);
  return result;
}

Result<void> revisit_drill(const std::string& directory, const AtEnd& at_end) {
  const Result<Loaded> drill = load_drill(directory);
  if (!drill) return drill.error();
  run_again(drill->scenario, drill->journal, at_end);
  return {};
}

}  // namespace muster
