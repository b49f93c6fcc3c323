#include "drill/rule_tests.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <numeric>
#include <set>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster {
namespace {

using Snapshot = std::map<std::string, std::vector<ActiveAlert>>;  // [alert], those that fire
using Expectations = std::map<std::pair<std::string, std::int64_t>, std::vector<ActiveAlert>>;  // [alert, ms]

std::string metric_of(const SeriesStore& store, SeriesId id) {
  return std::string(promql::label_value(store.labels(id), "__name__"));
}

bool asks_without_name(const promql::Expression& expression) {
  bool nameless = false;
  if (const auto* selector = expression.as<promql::VectorSelector>()) {
    nameless = true;
    for (const promql::Matcher& matcher : selector->matchers)
      if (matcher.name == "__name__" && matcher.kind == promql::Matcher::Kind::equal) nameless = false;
  }
  promql::for_each_child(
      expression, [&](const promql::Expression& child) { nameless = nameless || asks_without_name(child); });
  return nameless;
}

// The recorded series that rules read and do not write.
class Inputs {
 public:
  explicit Inputs(const std::vector<RuleGroup>& groups) {
    for (const RuleGroup& group : groups) {
      for (const Rule& rule : group.rules) {
        if (rule.recording) written_.insert(rule.name);
        for (const std::string& name : promql::metric_names(*rule.expression)) read_.insert(name);
        all_ = all_ || asks_without_name(*rule.expression);
      }
    }
  }
  bool holds(const std::string& metric) const {
    return !written_.count(metric) && (all_ || read_.count(metric));
  }

 private:
  std::set<std::string> written_{"ALERTS", "ALERTS_FOR_STATE"}, read_;
  bool all_ = false;
};

void copy_inputs(const SeriesStore& from, const Inputs& inputs, SeriesStore& to) {
  for (SeriesId id = 0; id < from.series_count(); ++id) {
    if (!inputs.holds(metric_of(from, id))) continue;
    const SeriesId copy = to.intern(from.labels(id));
    SampleReader reader(from.packed(id));
    for (Sample sample; reader.next(sample);) to.append(copy, sample.at_ms, sample.value);
  }
}

std::string value_text(double value) {
  if (is_stale_marker(value)) return "stale";
  const std::string text = promql::format_plain(value);
  return text == "+Inf" ? "Inf" : text;
}

// promtool's notation: values at every `step_ms`, _xN for N of them that are not there.
std::string values_text(const PackedSamples& samples, std::int64_t step_ms) {
  std::string text;
  std::int64_t next_ms = 0;
  SampleReader reader(samples);
  for (Sample sample; reader.next(sample); next_ms = sample.at_ms + step_ms) {
    const std::int64_t gap = (sample.at_ms - next_ms) / step_ms;
    if (gap > 0) text += fmt::format("_x{} ", gap);
    text += value_text(sample.value) + " ";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::string series_text(const Labels& labels) {
  return std::string(promql::label_value(labels, "__name__")) +
         promql::print_labels(promql::without_metric_name(labels));
}

// The greatest step at whose multiples all samples lie.
std::int64_t common_step(const SeriesStore& store) {
  std::int64_t step = 0;
  for (SeriesId id = 0; id < store.series_count(); ++id) {
    SampleReader reader(store.packed(id));
    for (Sample sample; reader.next(sample);) step = std::gcd(step, sample.at_ms);
  }
  return step == 0 ? 1000 : step;
}

Snapshot firing_of(const AlertEngine& engine) {
  Snapshot firing;
  for (ActiveAlert& alert : engine.active())
    if (alert.state == "firing") firing[alert.alert].push_back(std::move(alert));
  return firing;
}

class Rerun {
 public:
  Rerun(const SeriesStore& recorded, const Recording& recording, std::vector<RuleGroup> groups)
      : recording_(recording) {
    for (RuleGroup& group : groups) group.interval = {};  // promtool knows only one
    copy_inputs(recorded, Inputs(groups), store_);
    for (SeriesId id = 0; id < store_.series_count(); ++id) inputs_.push_back(id);
    step_ms_ = common_step(store_);
    engine_ = std::make_unique<AlertEngine>(store_, std::move(groups), recording.interval, Epoch{});
  }

  void run() {
    const std::int64_t step = recording_.interval.count() / 1'000'000;
    const std::int64_t end = nanoseconds_of(recording_.end) / 1'000'000 / step * step;
    Snapshot before;
    for (std::int64_t at = 0; at <= end; at += step) {
      const std::vector<AlertChange> changes = engine_->evaluate(time_from_nanoseconds(at * 1'000'000));
      Snapshot now = firing_of(*engine_);
      for (const AlertChange& change : changes) {
        if (change.state == "pending") continue;
        const Labels labels = promql::all_but(change.labels, {"alertname"});
        tests_.changes.push_back({at, change.alert, promql::print_labels(labels), change.state});
        if (at > 0) expected_[{change.alert, at - step}] = before[change.alert];
        expected_[{change.alert, at}] = now[change.alert];
      }
      before = std::move(now);
    }
    for (const RuleGroup& group : engine_->groups())
      for (const Rule& rule : group.rules)
        if (!rule.recording) expected_[{rule.name, end}] = before[rule.name];
  }

  RuleTests write(const std::vector<std::string>& rule_files) {
    std::string& yaml = tests_.yaml;
    yaml = "rule_files:\n";
    for (const std::string& file : rule_files) yaml += "  - " + promql::quote(file) + "\n";
    yaml += fmt::format("evaluation_interval: {}\ntests:\n  - interval: {}\n    input_series:\n",
                        promql::format_duration_ms(recording_.interval.count() / 1'000'000),
                        promql::format_duration_ms(step_ms_));
    for (const SeriesId id : inputs_) {
      const std::string values = values_text(store_.packed(id), step_ms_);
      if (values.empty()) continue;
      yaml += fmt::format("      - series: {}\n        values: {}\n",
                          promql::quote(series_text(store_.labels(id))), promql::quote(values));
    }
    yaml += "    alert_rule_test:\n";
    for (const auto& [name_and_time, alerts] : expected_)
      write_expectation(name_and_time.first, name_and_time.second, alerts);
    return std::move(tests_);
  }

 private:
  void write_map(const char* key, const Labels& labels, bool with_name) {
    std::string entries;
    for (const auto& [name, value] : labels)
      if (with_name || name != "alertname")
        entries += fmt::format("{}{}: {}", entries.empty() ? "" : ", ", name, promql::quote(value));
    tests_.yaml += fmt::format("{}: {{{}}}\n", key, entries);
  }

  void write_expectation(const std::string& name, std::int64_t at_ms,
                         const std::vector<ActiveAlert>& alerts) {
    tests_.yaml += fmt::format("      - eval_time: {}\n        alertname: {}\n        exp_alerts:{}\n",
                               promql::format_duration_ms(at_ms), name, alerts.empty() ? " []" : "");
    for (const ActiveAlert& alert : alerts) {
      tests_.yaml += "          - ";
      write_map("exp_labels", alert.labels, false);
      tests_.yaml += "            ";
      write_map("exp_annotations", alert.annotations, true);
    }
  }

  Recording recording_;
  SeriesStore store_;
  std::vector<SeriesId> inputs_;
  std::int64_t step_ms_ = 0;
  std::unique_ptr<AlertEngine> engine_;
  Expectations expected_;
  RuleTests tests_;
};

}  // namespace

RuleTests make_rule_tests(const SeriesStore& recorded, const Recording& recording,
                          std::vector<RuleGroup> groups, const std::vector<std::string>& rule_files) {
  Rerun rerun(recorded, recording, std::move(groups));
  rerun.run();
  return rerun.write(rule_files);
}

}  // namespace muster
