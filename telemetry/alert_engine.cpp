#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "telemetry/alert_template.hpp"
#include "telemetry/alerts.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/promql.hpp"
#include "telemetry/promql/query.hpp"

namespace muster {

namespace {

using promql::set_label;

// A resolved alert is remembered so long (prometheus rules/alerting.go, resolvedRetention).
constexpr SimDuration resolved_retention = 15min;

std::int64_t milliseconds_of(SimTime at) {
  return nanoseconds_of(at) / 1'000'000;
}

struct Alert {
  enum class State { inactive, pending, firing };
  State state = State::pending;
  Labels annotations;
  double value = 0;
  SimTime active_since{}, resolved_at = sim_never, missing_since = sim_never;
};

const char* name_of(Alert::State state) {
  switch (state) {
    case Alert::State::inactive:
      return "inactive";
    case Alert::State::pending:
      return "pending";
    case Alert::State::firing:
      return "firing";
  }
  return "inactive";
}

constexpr SeriesId no_series = ~SeriesId{0};

struct RunningRule {
  RunningRule(const Rule& of, const promql::Options& options) : rule(&of), query(of.expression, options) {}

  const Rule* rule;
  promql::Query query;
  std::map<Labels, Alert> alerts;
  std::vector<SeriesId> recorded;  // [LabelId] of the query's results
  std::vector<SeriesId> written;   // at the last evaluation, sorted
  std::string health = "unknown", last_error;
  SimTime last_evaluation{};
};

}  // namespace

struct AlertEngine::State {
  SeriesStore& store;
  std::vector<RuleGroup> groups;
  SimDuration default_interval;
  Epoch epoch;
  promql::Options options;
  std::vector<std::vector<RunningRule>> running;  // as groups
  SimTime last = time_from_nanoseconds(-1);

  using Changes = std::vector<AlertChange>;

  SimDuration interval_of(const RuleGroup& group) const {
    return group.interval.count() > 0 ? group.interval : default_interval;
  }
  std::string evaluate(RunningRule& rule, const RuleGroup& group, SimTime at, Changes& changes);
  std::string record(RunningRule& rule, const promql::InstantVector& results, int limit, SimTime seen);
  std::string alert(RunningRule& rule, const promql::InstantVector& results, const RuleGroup& group,
                    SimTime at, Changes& changes);
  std::string take_results(RunningRule& rule, const promql::InstantVector& results, SimTime at, SimTime seen,
                           std::map<Labels, Alert>& now);
  void merge(RunningRule& rule, const std::map<Labels, Alert>& now, Changes& changes);
  std::size_t advance(RunningRule& rule, const std::map<Labels, Alert>& now, SimTime at, Changes& changes);
  void write_alerts(RunningRule& rule, SimTime seen);
  void write(SeriesId series, double value, SimTime at, std::vector<SeriesId>& written);
  void finish(RunningRule& rule, std::vector<SeriesId> written, SimTime at);
};

namespace {

AlertChange change_of(const Rule& rule, const char* state, const Labels& labels, const Alert& alert) {
  return {rule.name, state, labels, alert.annotations, alert.value};
}

// Whether a rule's present result still holds the alert up; `present` = the expression gave it now.
bool keeps_firing(const Rule& rule, Alert& alert, bool present, SimTime at) {
  if (present) {
    alert.missing_since = sim_never;
    return true;
  }
  if (alert.state != Alert::State::firing || rule.keep_firing.count() == 0) return false;
  if (alert.missing_since == sim_never) alert.missing_since = at;
  return at - alert.missing_since < rule.keep_firing;
}

}  // namespace

void AlertEngine::State::write(SeriesId series, double value, SimTime at, std::vector<SeriesId>& written) {
  const std::int64_t at_ms = milliseconds_of(at);
  if (!store.empty(series) && store.last(series).at_ms >= at_ms)
    return;  // another rule has written it at this moment
  if (store.append(series, at_ms, value)) written.push_back(series);
}

// Marks the end of what this rule wrote last time and did not write now.
void AlertEngine::State::finish(RunningRule& rule, std::vector<SeriesId> written, SimTime at) {
  std::sort(written.begin(), written.end());
  for (const SeriesId series : rule.written)
    if (!std::binary_search(written.begin(), written.end(), series)) store.end(series, milliseconds_of(at));
  rule.written = std::move(written);
}

std::string AlertEngine::State::record(RunningRule& rule, const promql::InstantVector& results, int limit,
                                       SimTime seen) {
  if (limit > 0 && results.size() > static_cast<std::size_t>(limit))
    return fmt::format("exceeded limit of {} with {} series", limit, results.size());
  std::vector<SeriesId> written, ids;
  for (const promql::Element& element : results) {
    if (element.labels >= rule.recorded.size()) rule.recorded.resize(element.labels + 1, no_series);
    SeriesId& series = rule.recorded[element.labels];
    if (series == no_series) {
      Labels labels = rule.query.labels(element.labels);
      set_label(labels, "__name__", rule.rule->name);
      for (const auto& [name, value] : rule.rule->labels) set_label(labels, name, value);
      series = store.intern(labels);
    }
    ids.push_back(series);
  }
  std::vector<SeriesId> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    return "vector contains metrics with the same labelset after applying rule labels";
  for (std::size_t i = 0; i < ids.size(); ++i) write(ids[i], results[i].value, seen, written);
  finish(rule, std::move(written), seen);
  return {};
}

namespace {

/// What `query` in a template of this moment gives; sorted by labels.
TemplateQuery query_at(const SeriesStore& store, SimTime at, const promql::Options& options) {
  return [&store, at, options](const std::string& text) -> Result<std::vector<text_template::Sample>> {
    const auto expression = promql::parse(text);
    if (!expression) return expression.error();
    const auto value = promql::evaluate_instant(**expression, store, milliseconds_of(at), options);
    if (!value) return value.error();
    std::vector<text_template::Sample> samples;
    if (value->type == promql::ValueType::scalar) samples.push_back({{}, value->scalar});
    for (const promql::ResultSeries& series : value->series)
      if (!series.points.empty()) samples.push_back({series.labels, series.points.back().value});
    return samples;
  };
}

}  // namespace

// The alerts that the expression gives now, by their labels.
std::string AlertEngine::State::take_results(RunningRule& rule, const promql::InstantVector& results,
                                             SimTime at, SimTime seen, std::map<Labels, Alert>& now) {
  const TemplateQuery query = query_at(store, seen, options);
  for (const promql::Element& element : results) {
    const Labels& own = rule.query.labels(element.labels);
    Labels labels = own;
    set_label(labels, "__name__", "");
    for (const auto& [name, text] : rule.rule->labels)
      set_label(labels, name, expand_alert_template(text, own, element.value, query));
    set_label(labels, "alertname", rule.rule->name);
    Alert alert;
    alert.value = element.value;
    alert.active_since = at;
    for (const auto& [name, text] : rule.rule->annotations)
      alert.annotations.emplace_back(name, expand_alert_template(text, own, element.value, query));
    if (!now.emplace(std::move(labels), std::move(alert)).second)
      return "vector contains metrics with the same labelset after applying alert labels";
  }
  return {};
}

// New elements become pending; known ones get their present value and annotations.
void AlertEngine::State::merge(RunningRule& rule, const std::map<Labels, Alert>& now, Changes& changes) {
  for (const auto& [labels, fresh] : now) {
    const auto [entry, is_new] = rule.alerts.emplace(labels, fresh);
    Alert& alert = entry->second;
    const bool begins = is_new || alert.state == Alert::State::inactive;
    if (begins) alert = fresh;
    alert.value = fresh.value;
    alert.annotations = fresh.annotations;
    if (begins && rule.rule->hold.count() > 0)
      changes.push_back(change_of(*rule.rule, "pending", labels, alert));
  }
}

// Lets pending alerts fire and missing ones end; returns how many are pending or firing.
std::size_t AlertEngine::State::advance(RunningRule& rule, const std::map<Labels, Alert>& now, SimTime at,
                                        Changes& changes) {
  std::size_t active = 0;
  for (auto entry = rule.alerts.begin(); entry != rule.alerts.end();) {
    auto& [labels, alert] = *entry;
    if (keeps_firing(*rule.rule, alert, now.count(labels) > 0, at)) {
      ++active;
      if (alert.state == Alert::State::pending && at - alert.active_since >= rule.rule->hold) {
        alert.state = Alert::State::firing;
        changes.push_back(change_of(*rule.rule, "firing", labels, alert));
      }
      ++entry;
      continue;
    }
    if (alert.state == Alert::State::firing) {
      alert.state = Alert::State::inactive;
      alert.resolved_at = at;
      changes.push_back(change_of(*rule.rule, "resolved", labels, alert));
    }
    const bool forgotten =
        alert.state == Alert::State::pending || at - alert.resolved_at > resolved_retention;
    entry = forgotten ? rule.alerts.erase(entry) : std::next(entry);
  }
  return active;
}

std::string AlertEngine::State::alert(RunningRule& rule, const promql::InstantVector& results,
                                      const RuleGroup& group, SimTime at, Changes& changes) {
  const int limit = group.limit;
  const SimTime seen = at - group.query_offset;
  std::map<Labels, Alert> now;
  if (std::string wrong = take_results(rule, results, at, seen, now); !wrong.empty()) return wrong;
  merge(rule, now, changes);
  const std::size_t active = advance(rule, now, at, changes);
  if (limit > 0 && active > static_cast<std::size_t>(limit)) {
    for (const auto& [labels, cleared] : rule.alerts)
      if (cleared.state == Alert::State::firing)
        changes.push_back(change_of(*rule.rule, "resolved", labels, cleared));
    rule.alerts.clear();
    return fmt::format("exceeded limit of {} with {} alerts", limit, active);
  }
  write_alerts(rule, seen);
  return {};
}

void AlertEngine::State::write_alerts(RunningRule& rule, SimTime seen) {
  std::vector<SeriesId> written;
  for (const auto& [labels, alert] : rule.alerts) {
    if (alert.state == Alert::State::inactive) continue;
    Labels series = labels;
    set_label(series, "__name__", "ALERTS_FOR_STATE");
    write(store.intern(series), unix_seconds_of(epoch, alert.active_since), seen, written);
    set_label(series, "__name__", "ALERTS");
    set_label(series, "alertstate", name_of(alert.state));
    write(store.intern(series), 1, seen, written);
  }
  finish(rule, std::move(written), seen);
}

// What a rule sees and writes belongs to the moment query_offset before `at` (prometheus
// rules/group.go, 2.53).
std::string AlertEngine::State::evaluate(RunningRule& rule, const RuleGroup& group, SimTime at,
                                         Changes& changes) {
  const SimTime seen = at - group.query_offset;
  auto results = rule.query.vector_at(store, milliseconds_of(seen));
  if (!results) return results.error().message;
  return rule.rule->recording ? record(rule, *results, group.limit, seen)
                              : alert(rule, *results, group, at, changes);
}

AlertEngine::AlertEngine(SeriesStore& store, std::vector<RuleGroup> groups, SimDuration default_interval,
                         Epoch epoch)
    : state_(
          new State{store, std::move(groups), default_interval, epoch, {}, {}, time_from_nanoseconds(-1)}) {
  promql::Options& options = state_->options;
  options.epoch = epoch;
  options.subquery_step_ms = default_interval.count() / 1'000'000;
  for (const RuleGroup& group : state_->groups) {
    std::vector<RunningRule>& running = state_->running.emplace_back();
    running.reserve(group.rules.size());
    for (const Rule& rule : group.rules) running.emplace_back(rule, options);
  }
}

AlertEngine::~AlertEngine() = default;

std::vector<AlertChange> AlertEngine::evaluate(SimTime at) {
  std::vector<AlertChange> changes;
  if (at <= state_->last) return changes;
  state_->last = at;
  for (std::size_t g = 0; g < state_->groups.size(); ++g) {
    const RuleGroup& group = state_->groups[g];
    if (nanoseconds_of(at) % state_->interval_of(group).count() != 0) continue;
    for (RunningRule& rule : state_->running[g]) {
      rule.last_error = state_->evaluate(rule, group, at, changes);
      rule.health = rule.last_error.empty() ? "ok" : "err";
      rule.last_evaluation = at;
    }
  }
  return changes;
}

RuleStatus AlertEngine::status(std::size_t group, std::size_t rule) const {
  const RunningRule& running = state_->running[group][rule];
  RuleStatus status;
  status.health = running.health;
  status.last_error = running.last_error;
  status.last_evaluation = running.last_evaluation;
  auto highest = Alert::State::inactive;
  for (const auto& [labels, alert] : running.alerts) {
    if (alert.state == Alert::State::inactive) continue;
    highest = std::max(highest, alert.state);
    status.alerts.push_back({running.rule->name, name_of(alert.state), labels, alert.annotations, alert.value,
                             alert.active_since});
  }
  if (!running.rule->recording) status.state = name_of(highest);
  return status;
}

std::vector<ActiveAlert> AlertEngine::active() const {
  std::vector<ActiveAlert> all;
  for (std::size_t g = 0; g < state_->running.size(); ++g) {
    for (std::size_t r = 0; r < state_->running[g].size(); ++r)
      for (ActiveAlert& alert : status(g, r).alerts) all.push_back(std::move(alert));
  }
  return all;
}

const std::vector<RuleGroup>& AlertEngine::groups() const {
  return state_->groups;
}
SimDuration AlertEngine::default_interval() const {
  return state_->default_interval;
}

}  // namespace muster
