// The result of a drill as a value: what happened when, how well it went, and which records say so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "journal/record.hpp"
#include "sim/time.hpp"

namespace muster {

/// The drill's milestones; absent = it did not happen. Names and definitions: docs/scoring.md.
struct Timestamps {
  std::optional<SimTime> t0;  ///< fault active
  std::optional<SimTime> tI;  ///< user impact starts
  std::optional<SimTime> tP;  ///< first page delivered
  std::optional<SimTime> tD;  ///< detected
  std::optional<SimTime> tK;  ///< acknowledged
  std::optional<SimTime> tN;  ///< declared with a severity
  std::vector<SimTime> tC;    ///< status updates
  std::optional<SimTime> tH;  ///< first correct hypothesis
  std::optional<SimTime> tM;  ///< mitigated
  std::optional<SimTime> tR;  ///< resolved: cause gone and mitigated
  std::optional<SimTime> tX;  ///< closed by the team
};

struct Metric {
  std::string name;             ///< "time_to_mitigate"
  std::string group;            ///< "impact", "time", "severity", "communication", ...
  std::optional<double> value;  ///< absent = not defined in this drill
  std::string unit;             ///< "s", "ratio", "user-minutes", "count"
  std::string meaning;          ///< one sentence
  std::vector<std::uint64_t> records;
};

struct Deduction {
  std::string text;
  int points = 0;                      ///< thousandths of the task
  std::vector<std::uint64_t> records;  ///< the journal records that cost them; never empty
};

/// HSEEP's ratings: performed without, with some, with major challenges, unable; and not observed.
enum class Rating : std::uint8_t { P, S, M, U, not_observed };
const char* to_string(Rating rating);

struct TaskScore {
  std::string id, objective, group;  ///< group: "outcome", "process", "craft"
  Rating rating = Rating::not_observed;
  int points = 0;  ///< thousandths, 0..1000
  std::string why;
  std::vector<Deduction> deductions;
};

struct GateResult {
  std::string name;
  bool met = false;
  std::string why;
  std::vector<std::uint64_t> records;
};

/// A stretch of time with one true severity.
struct SeveritySpan {
  SimTime from{}, to{};
  std::string severity;  ///< "P0", or empty: no impact
  std::string clause;    ///< the definition that held
};

/// One line of the timeline.
struct TimelineEntry {
  SimTime at{};
  std::string what;  ///< "page", "request", "fault", "rollout", "desk", "responder", "milestone", "data",
                     ///< "intruder", ...
  std::string text;
  std::uint64_t record = 0;
};

struct Scorecard {
  std::string scenario, epoch;
  std::uint64_t seed = 0;
  SimTime horizon{};
  std::vector<std::string> responders;
  std::string end_reason, fingerprint;
  bool restored = false;
  std::string restored_why;
  bool passed = false;  ///< every gate met
  Timestamps timestamps;
  std::vector<Metric> metrics;
  std::vector<TaskScore> tasks;
  std::vector<GateResult> gates;
  std::vector<std::pair<std::string, int>> sub_scores;  ///< "outcome" -> thousandths; absent groups left out
  int total = 0;                                        ///< weighted, thousandths
  std::vector<SeveritySpan> severity_truth;
  std::string severity_gaps;
  std::vector<TimelineEntry> timeline;
  std::vector<std::string>
      findings;  ///< commands of the instructions that could not be run: "file:line: text"
  std::vector<std::string> judgements;  ///< prose of the instructions that only a person can follow, likewise
  std::uint64_t seal_records = 0;
  std::string seal_head;
  std::string signature;  ///< hex, empty if not signed
  int model = 0;
};

}  // namespace muster
