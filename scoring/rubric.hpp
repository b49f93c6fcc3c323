// How a drill is judged: the severity definitions of the runbook in use, objectives, weights, gates. Written
// in the scenario file under `rubric:`, carried in the journal's header, so that a journal alone can be
// scored. Every key: docs/rubric.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"
#include "sim/time.hpp"

namespace muster {

/// One clause of a severity level; it holds when every condition that is set holds. Ratios are shares in
/// 0..1.
struct SeverityClause {
  std::string text;  ///< the runbook's words: "Error rate > 10%"
  std::optional<double> error_ratio_above, error_ratio_at_most;
  std::optional<double> users_affected_above, users_affected_at_most;
  std::optional<double> p95_times_normal_above;  ///< against the no-fault twin at the same minute
  std::optional<bool> outage;                    ///< nobody is served although users ask
  std::optional<bool> data_at_risk, intruder_active, feature_failing, critical_feature_failing,
      agent_type_failing, trend_worsening;
};

struct SeverityLevel {
  std::string name;  ///< "P0"
  SimDuration respond_within{};
  SimDuration update_every{};           ///< zero = no rule
  std::vector<std::string> notify;      ///< roles
  std::vector<SeverityClause> clauses;  ///< any one is enough
};

struct Rubric {
  std::vector<SeverityLevel> severity;    ///< most severe first
  SimDuration evaluation_window{60s};     ///< over which the clauses are measured
  std::string gaps;                       ///< how the definitions' gaps are read, for the report
  double error_share_max = 0.01;          ///< restored: below this ...
  SimDuration p95_max{500ms};             ///< ... and p95 below this ...
  SimDuration restored_window{15min};     ///< ... in every minute of this long
  double availability_objective = 0.999;  ///< for the error budget
  std::vector<std::string> critical_features;
  double feature_failing_above = 0.5;           ///< error ratio of one feature
  std::map<std::string, int> weights;           ///< "outcome", "process", "craft" -> per cent
  std::vector<std::string> gates;               ///< of gate_names(); absent in the JSON: the first three
  std::vector<std::string> hypothesis_matches;  ///< words of which a correct hypothesis names one
};

/// What can be demanded: "restored", "noDataLost", "noPrematureClose", "noIntruder", "acknowledgedInTime",
/// "declared". A rubric may also spell them "no_data_lost".
const std::vector<std::string>& gate_names();

/// A key of the rubric as docs/rubric.md lists it.
struct RubricKey {
  std::string_view level;  ///< "rubric", "severity" or "clause"
  std::string_view key, value, meaning;
};
const std::vector<RubricKey>& rubric_keys();

/// Absent keys keep the defaults above; without `weights` outcome 50, process 30, craft 20. Error: `where` is
/// the JSON pointer of the offending field; the message names the nearest valid word.
Result<Rubric> parse_rubric(std::string_view json);

}  // namespace muster
