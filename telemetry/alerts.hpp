// Alert and recording rules from ordinary Prometheus rule files. What they say goes to
// telemetry/alertmanager/.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"
#include "telemetry/series_store.hpp"

namespace muster {

namespace promql {
struct Expression;
}

struct Rule {
  bool recording = false;
  std::string name;  ///< alert or record
  std::string expression_text;
  std::shared_ptr<const promql::Expression> expression;
  SimDuration hold{};          ///< for
  SimDuration keep_firing{};   ///< keep_firing_for
  Labels labels, annotations;  ///< annotations unexpanded
  int line = 0;                ///< of the rule in its file
};

struct RuleGroup {
  std::string name;
  std::string file;            ///< as given
  SimDuration interval{};      ///< zero = the default
  SimDuration query_offset{};  ///< so far back the rules look, and write what they see
  int limit = 0;               ///< most alerts or series of one rule; 0 = any number
  std::vector<Rule> rules;
};

/// A change of one alert's state at an evaluation.
struct AlertChange {
  std::string alert, state;  ///< state: "pending", "firing", "resolved"
  Labels labels;             ///< with alertname
  Labels annotations;        ///< expanded
  double value = 0;
};

struct ActiveAlert {
  std::string alert, state;  ///< "pending" or "firing"
  Labels labels, annotations;
  double value = 0;
  SimTime active_since{};
};

/// How one rule stands, as Prometheus' /api/v1/rules tells it.
struct RuleStatus {
  std::string state;   ///< of an alerting rule: "inactive", "pending" or "firing"; empty for a recording rule
  std::string health;  ///< "unknown" before the first evaluation, then "ok" or "err"
  std::string last_error;  ///< of the last evaluation, or empty
  SimTime last_evaluation{};
  std::vector<ActiveAlert> alerts;
};

/// Semantics of Prometheus 2.42 (rules/alerting.go, rules/manager.go). Groups run at phase 0 of their
/// interval.
class AlertEngine {
 public:
  /// `store` receives recording rules' results and the ALERTS series.
  AlertEngine(SeriesStore& store, std::vector<RuleGroup> groups, SimDuration default_interval, Epoch epoch);
  ~AlertEngine();

  /// Evaluates every group that is due at `at` (groups run at whole multiples of their interval).
  std::vector<AlertChange> evaluate(SimTime at);
  std::vector<ActiveAlert> active() const;
  const std::vector<RuleGroup>& groups() const;
  /// Of groups()[group].rules[rule].
  RuleStatus status(std::size_t group, std::size_t rule) const;
  SimDuration default_interval() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muster
