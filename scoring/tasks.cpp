#include "scoring/tasks.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {

const char* to_string(Rating rating) {
  constexpr const char* names[] = {"P", "S", "M", "U", "not_observed"};
  return names[static_cast<std::size_t>(rating)];
}

Rating rating_of(int points) {
  if (points >= 800) return Rating::P;
  if (points >= 660) return Rating::S;
  return points >= 500 ? Rating::M : Rating::U;
}

TaskJudge& TaskJudge::deduct(int points, std::string text, std::vector<std::uint64_t> records) {
  MUSTER_ASSERT(!records.empty(), "a deduction must cite the records that cost it");
  if (points <= 0) return *this;
  points = std::min(points, score_.points);
  score_.points -= points;
  score_.deductions.push_back({std::move(text), points, std::move(records)});
  return *this;
}

TaskScore TaskJudge::done(std::string why) {
  score_.rating = rating_of(score_.points);
  score_.why = std::move(why);
  return std::move(score_);
}

TaskScore TaskJudge::not_observed(std::string why) {
  score_.rating = Rating::not_observed;
  score_.points = 0;
  score_.deductions.clear();
  score_.why = std::move(why);
  return std::move(score_);
}

std::vector<TaskScore> tasks_of(const CaseFile& file) {
  std::vector<TaskScore> tasks;
  for (std::vector<TaskScore> group :
       {outcome_tasks(file), response_tasks(file), communication_tasks(file), craft_tasks(file)})
    for (TaskScore& task : group) tasks.push_back(std::move(task));
  return tasks;
}

}  // namespace muster
