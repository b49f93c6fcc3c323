#include "drill/run_drill.hpp"

#include <algorithm>
#include <filesystem>

#include "drill/baseline_runs.hpp"
#include "drill/drill_directory.hpp"
#include "drill/host.hpp"
#include "drill/inputs.hpp"
#include "drill/recorded.hpp"
#include "drill/simulation.hpp"
#include "journal/people.hpp"
#include "journal/read_file.hpp"
#include "reports/reports.hpp"
#include "responders/factory.hpp"
#include "scenarios/scenario.hpp"
#include "scoring/score.hpp"

namespace muster {
namespace {

using Responders = std::vector<std::unique_ptr<Responder>>;

Result<ResponderSurroundings> surroundings_of(const Scenario& scenario, const RunOptions& options) {
  ResponderSurroundings surroundings(scenario.horizon);
  surroundings.begin_at = options.begin_at;
  surroundings.bindings = options.bindings;
  surroundings.terminal = options.terminal;
  surroundings.launch = options.launch;
  surroundings.think = options.think;
  if (scenario.runbook.empty()) return surroundings;
  Result<std::string> text = read_file(scenario.runbook);
  if (!text) return text.error();
  surroundings.runbook_file = std::filesystem::path(scenario.runbook).filename().string();
  surroundings.runbook_text = std::move(*text);
  return surroundings;
}

Result<Responders> make_responders(const std::vector<std::string>& specs,
                                   ResponderSurroundings surroundings) {
  Responders responders;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    Result<std::unique_ptr<Responder>> made = make_responder(specs[i], static_cast<int>(i) + 1, surroundings);
    if (!made) return made.error();
    if (specs[i].starts_with("console")) surroundings.terminal = nullptr;  // it serves one person
    if (*made) responders.push_back(std::move(*made));
  }
  return responders;
}

// Keeps the impact while the facts pass on to the journal: a drill without responders is its own baseline.
class ImpactTap final : public FactSink {
 public:
  explicit ImpactTap(JournalWriter& journal) : journal_(journal) {}
  void record(SimTime at, Fact fact) override {
    if (std::holds_alternative<TrafficFact>(fact)) impact_.record(at, fact);
    journal_.record(at, std::move(fact));
  }
  const ImpactCurve& impact() const { return impact_.impact(); }

 private:
  JournalWriter& journal_;
  ImpactRecorder impact_;
};

struct Played {
  std::string text;  // of the journal
  Seal seal;
  ImpactCurve impact;
  std::string series;  // of write_series
};

Result<Played> play(const Scenario& scenario, const Header& header, const Responders& responders,
                    bool check) {
  Played played;
  JournalWriter journal(
      [&played](std::string_view line) {
        played.text += line;
        return Result<void>();
      },
      header);
  ImpactTap facts(journal);
  Simulation simulation(scenario, header.seed, facts, Simulation::Kind::drill);
  DrillHost host(simulation, journal);
  std::vector<Task<void>> tasks;
  tasks.reserve(responders.size());
  for (const auto& responder : responders) {
    tasks.push_back(responder->play(host));
    tasks.back().start();
  }
  simulation.run_to_horizon(check);
  Result<Seal> seal = journal.seal(simulation.now());
  if (!seal) return seal.error();
  played.seal = *seal;
  played.impact = facts.impact();
  played.series =
      write_series(simulation.series(), {simulation.epoch(), simulation.now(), scenario.scrape_interval});
  return played;
}

std::string people_of(const std::vector<std::string>& labels) {
  People people;
  for (std::size_t i = 0; i < labels.size(); ++i)
    people.names["responder-" + std::to_string(i + 1)] = labels[i];
  return write_people(people);
}

// Everything but the journal, the marks and the inputs can be made again from them.
Result<void> write_reports(DrillDirectory& directory, const Scorecard& card, const Journal& journal,
                           const Baselines& baselines) {
  const std::pair<const char*, std::string> files[] = {
      {"scorecard.json", report_json(card)},
      {"report.txt", report_text(card)},
      {"junit.xml", report_junit(card)},
      {"report.html", report_html(card, journal, baselines)}};
  for (const auto& [name, content] : files) {
    if (Result<void> written = directory.write(name, content); !written) return written;
  }
  return {};
}

Result<void> write_inputs(DrillDirectory& directory, const std::vector<ScenarioFile>& inputs) {
  for (const ScenarioFile& file : inputs) {
    if (Result<void> written = directory.write("inputs/" + file.name, file.content); !written) return written;
  }
  return {};
}

Result<std::string> sign_if_asked(DrillDirectory& directory, const Seal& seal, const std::string& key) {
  if (key.empty()) return std::string();
  Result<std::string> signature = sign_seal(seal, key);
  if (!signature) return signature;
  if (Result<void> written = directory.write("journal.sig", *signature + "\n"); !written)
    return written.error();
  return signature;
}

Result<Scorecard> write_drill(DrillDirectory& directory, const Scenario& scenario, const Header& header,
                              const Played& played, const std::string& sign_key) {
  if (Result<void> written = directory.write("journal.jsonl", played.text); !written) return written.error();
  if (Result<void> written = directory.write(series_file_name, played.series); !written)
    return written.error();
  // Judged by what was written, not by what is still in memory.
  Result<Journal> journal = read_journal(played.text, "journal.jsonl");
  if (!journal) return journal.error();
  const Baselines baselines = run_baselines(scenario, header.seed, played.seal.head,
                                            header.responders.empty() ? &played.impact : nullptr);
  if (Result<void> written = directory.write("baselines.jsonl", write_baselines(baselines)); !written) {
    return written.error();
  }
  Result<Scorecard> card = score_drill(*journal, baselines);
  if (!card) return card;
  Result<std::string> signature = sign_if_asked(directory, played.seal, sign_key);
  if (!signature) return signature.error();
  card->signature = *signature;
  if (Result<void> written = directory.write("people.json", people_of(header.responders)); !written) {
    return written.error();
  }
  if (Result<void> written = write_reports(directory, *card, *journal, baselines); !written)
    return written.error();
  return card;
}

// A name in the evidence folder may have slashes; in the drill's directory it has none.
Result<void> write_evidence(DrillDirectory& directory, const Responders& responders) {
  for (const auto& responder : responders) {
    for (const auto& [file, content] : responder->files_left()) {
      std::string name = file;
      std::replace(name.begin(), name.end(), '/', '_');
      const std::string path = "evidence/" + responder->actor() + "/" + name;
      if (Result<void> written = directory.write(path, content); !written) return written;
    }
  }
  return {};
}

// A key that cannot sign must not cost a run.
Result<void> try_key(const std::string& key) {
  if (key.empty()) return {};
  const Result<std::string> tried = sign_seal(Seal{}, key);
  if (!tried) return tried.error();
  return {};
}

}  // namespace

Result<RunResult> run_drill(const RunOptions& options) {
  Result<Scenario> scenario = load_scenario(options.scenario, options.overrides);
  if (!scenario) return scenario.error();
  const Result<ResponderSurroundings> surroundings = surroundings_of(*scenario, options);
  if (!surroundings) return surroundings.error();
  Result<Responders> responders = make_responders(options.responders, *surroundings);
  if (!responders) return responders.error();
  Result<std::vector<ScenarioFile>> inputs = freeze_inputs(*scenario, options.responders);
  if (!inputs) return inputs.error();
  if (Result<void> key = try_key(options.sign_key); !key) return key.error();
  Result<DrillDirectory> directory = DrillDirectory::prepare(options.out, options.overwrite);
  if (!directory) return directory.error();
  if (Result<void> written = write_inputs(*directory, *inputs); !written) return written.error();

  const Header header =
      make_header(*scenario, options.seed.value_or(scenario->seed), options.responders, *inputs);
  Result<Played> played = play(*scenario, header, *responders, options.check_invariants);
  if (!played) return played.error();
  Result<Scorecard> card = write_drill(*directory, *scenario, header, *played, options.sign_key);
  if (!card) return card.error();
  if (Result<void> kept = write_evidence(*directory, *responders); !kept) return kept.error();
  if (Result<void> committed = directory->commit(); !committed) return committed.error();
  return RunResult{std::move(*card), directory->path()};
}

Result<ScoredDirectory> score_directory(const std::string& path) {
  ScoredDirectory scored;
  Result<Journal> journal = read_journal_file(path + "/journal.jsonl");
  if (!journal) return journal.error();
  Result<std::string> text = read_file(path + "/baselines.jsonl");
  if (!text) return text.error();
  Result<Baselines> baselines = read_baselines(*text, "baselines.jsonl", journal->seal.head);
  if (!baselines) return baselines.error();
  Result<Scorecard> card = score_drill(*journal, *baselines);
  if (!card) return card.error();
  if (Result<std::string> signature = read_file(path + "/journal.sig"); signature) {
    card->signature = signature->substr(0, signature->find('\n'));
  }
  return ScoredDirectory{std::move(*card), std::move(*journal), std::move(*baselines)};
}

}  // namespace muster
