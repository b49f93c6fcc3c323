// The critical tasks of a response, each rated by fixed rules from what the journal shows. A task that the
// drill gave no occasion for is not observed and enters no sum. Rules: docs/scoring.md.
#pragma once

#include <string_view>
#include <vector>

#include "scoring/case_file.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

/// P from 800 thousandths, S from 660, M from 500, U below (the bands of Dragos' Year in Review 2022 for
/// exercises).
Rating rating_of(int points);

/// Every task in a fixed order: outcome, process, craft.
std::vector<TaskScore> tasks_of(const CaseFile& file);

// The groups, each in its own file.
std::vector<TaskScore> outcome_tasks(const CaseFile& file);
std::vector<TaskScore> response_tasks(
    const CaseFile& file);  ///< process: detect, acknowledge, declare, close
std::vector<TaskScore> communication_tasks(
    const CaseFile& file);  ///< process: updates, notification, post-mortem
std::vector<TaskScore> craft_tasks(const CaseFile& file);

/// A task under judgement: begins with all points; every deduction names its records.
class TaskJudge {
 public:
  TaskJudge(const char* id, const char* objective, const char* group)
      : score_{id, objective, group, {}, 1000, {}, {}} {}

  /// `records` must not be empty, `points` are thousandths of the task.
  TaskJudge& deduct(int points, std::string text, std::vector<std::uint64_t> records);
  TaskScore done(std::string why);
  TaskScore not_observed(std::string why);

 private:
  TaskScore score_;
};

}  // namespace muster
