#include "scoring/severity.hpp"

#include <algorithm>
#include <deque>
#include <set>

namespace muster {

namespace {

/// What the clauses are asked about at one instant.
struct Situation {
  const UserWindow* users = nullptr;
  bool outage = false, data_at_risk = false, intruder_active = false, feature_failing = false,
       critical_feature_failing = false, agent_type_failing = false, trend_worsening = false;
  SimDuration normal_p95{};
};

bool above(const std::optional<double>& limit, double value) {
  return !limit || value > *limit;
}
bool at_most(const std::optional<double>& limit, double value) {
  return !limit || value <= *limit;
}
bool equals(const std::optional<bool>& wanted, bool value) {
  return !wanted || *wanted == value;
}

bool times_normal(const SeverityClause& clause, const Situation& now) {
  if (!clause.p95_times_normal_above) return true;
  if (now.normal_p95 == SimDuration::zero() || !now.users->has_latency()) return false;
  return seconds_of(now.users->p95()) > *clause.p95_times_normal_above * seconds_of(now.normal_p95);
}

bool holds(const SeverityClause& clause, const Situation& now) {
  const double errors = now.users->error_ratio();
  const double affected = now.users->users_affected_share();
  return above(clause.error_ratio_above, errors) && at_most(clause.error_ratio_at_most, errors) &&
         above(clause.users_affected_above, affected) && at_most(clause.users_affected_at_most, affected) &&
         times_normal(clause, now) && equals(clause.outage, now.outage) &&
         equals(clause.data_at_risk, now.data_at_risk) &&
         equals(clause.intruder_active, now.intruder_active) &&
         equals(clause.feature_failing, now.feature_failing) &&
         equals(clause.critical_feature_failing, now.critical_feature_failing) &&
         equals(clause.agent_type_failing, now.agent_type_failing) &&
         equals(clause.trend_worsening, now.trend_worsening);
}

/// Facts other than traffic, as a state that goes forward in time.
class WorldState {
 public:
  explicit WorldState(const Journal& journal) : records_(journal.records) {}

  void advance_to(SimTime at) {
    for (; next_ < records_.size() && records_[next_].at <= at; ++next_) take(records_[next_]);
    while (!recent_.empty() && recent_.front() <= at - trend_window) {
      earlier_.push_back(recent_.front());
      recent_.pop_front();
    }
    while (!earlier_.empty() && earlier_.front() <= at - 2 * trend_window) earlier_.pop_front();
  }

  void describe(Situation& now) const {
    now.data_at_risk = data_at_risk_;
    now.intruder_active = intruder_active_;
    now.agent_type_failing = !failing_agents_.empty();
    now.trend_worsening = recent_.size() > earlier_.size();
  }

 private:
  void take(const Record& record) {
    if (const auto* data = record.fact<DataFact>()) data_at_risk_ = data->at_risk || data->lost_writes > 0;
    if (const auto* intruder = record.fact<IntruderFact>()) intruder_active_ = intruder->active;
    if (record.fact<WarningFact>()) recent_.push_back(record.at);
    if (const auto* agent = record.fact<AgentFact>()) {
      if (agent->failing)
        failing_agents_.insert(agent->agent_type);
      else
        failing_agents_.erase(agent->agent_type);
    }
  }

  const std::vector<Record>& records_;
  std::size_t next_ = 0;
  bool data_at_risk_ = false, intruder_active_ = false;
  std::set<std::string> failing_agents_;
  std::deque<SimTime> recent_, earlier_;  // warnings of the last trend window, and of the one before
};

void describe_users(Situation& now, const UserWindow& users, bool full_window, const Rubric& rubric) {
  now.users = &users;
  // The first users need a moment for their replies: only a full window without any says that nobody is
  // served.
  const bool asked = users.ended() > 0 || (full_window && users.arrivals() > 0);
  now.outage = asked && users.ok() == 0;
  for (const auto& [name, feature] : users.features()) {
    if (feature.ended < feature_requests_min) continue;
    const double failing = static_cast<double>(feature.failed) / static_cast<double>(feature.ended);
    if (failing <= rubric.feature_failing_above) continue;
    now.feature_failing = true;
    const auto& critical = rubric.critical_features;
    if (std::find(critical.begin(), critical.end(), name) != critical.end())
      now.critical_feature_failing = true;
  }
}

struct Verdict {
  std::string severity, clause;
};

Verdict judge(const Rubric& rubric, const Situation& now) {
  for (const SeverityLevel& level : rubric.severity)
    for (const SeverityClause& clause : level.clauses)
      if (holds(clause, now)) return {level.name, clause.text};
  return {};
}

std::vector<SimDuration> normal_p95s(const Baseline* no_fault) {
  std::vector<SimDuration> normal;
  if (no_fault == nullptr) return normal;
  for (const MinuteImpact& minute : no_fault->impact.minutes) normal.push_back(minute.latency.quantile(0.95));
  return normal;
}

void extend(std::vector<SeveritySpan>& spans, SimTime from, SimTime to, const Verdict& verdict) {
  if (!spans.empty() && spans.back().severity == verdict.severity && spans.back().clause == verdict.clause)
    spans.back().to = to;
  else
    spans.push_back({from, to, verdict.severity, verdict.clause});
}

}  // namespace

std::vector<SeveritySpan> severity_truth(const Journal& journal, const UserSeries& series,
                                         const Rubric& rubric, const Baseline* no_fault) {
  const std::vector<SimDuration> normal = normal_p95s(no_fault);
  const std::size_t window = seconds_in(rubric.evaluation_window);
  const SimTime end = journal.records.empty() ? sim_start : journal.records.back().at;
  std::vector<SeveritySpan> spans;
  UserWindow users;
  WorldState world(journal);
  if (end > sim_start) extend(spans, sim_start, std::min(sim_start + 1s, end), {});
  for (std::size_t second = 0; second < series.size(); ++second) {
    const SimTime at = sim_start + (second + 1) * 1s;
    users.add(series[second]);
    if (second >= window) users.remove(series[second - window]);
    if (at >= end) break;
    world.advance_to(at);
    Situation now;
    world.describe(now);
    describe_users(now, users, second + 1 >= window, rubric);
    if (second / 60 < normal.size()) now.normal_p95 = normal[second / 60];
    extend(spans, at, std::min(at + 1s, end), judge(rubric, now));
  }
  return spans;
}

std::size_t level_index(const Rubric& rubric, std::string_view name) {
  std::size_t index = 0;
  while (index < rubric.severity.size() && rubric.severity[index].name != name) ++index;
  return index;
}

const SeverityLevel* worst_level(const std::vector<SeveritySpan>& truth, const Rubric& rubric) {
  std::size_t worst = rubric.severity.size();
  for (const SeveritySpan& span : truth) worst = std::min(worst, level_index(rubric, span.severity));
  return worst == rubric.severity.size() ? nullptr : &rubric.severity[worst];
}

const std::string& severity_at(const std::vector<SeveritySpan>& truth, SimTime at) {
  static const std::string none;
  for (const SeveritySpan& span : truth)
    if (span.from <= at && at < span.to) return span.severity;
  return none;
}

}  // namespace muster
