// Alert and recording rules from ordinary Prometheus rule files, and the pager behind them.
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
  std::string file;        ///< as given
  SimDuration interval{};  ///< zero = the default
  int limit = 0;           ///< most alerts or series of one rule; 0 = any number
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

/// Groups firing alerts with `severity: critical` into pages, as one group of Alertmanager's would be: the
/// first page goes out `group_wait` after the first alert of a quiet pager; while alerts fire, a further page
/// goes out for new ones, at most one per `group_interval`. Defaults: Alertmanager's own (30 s, 5 min;
/// alertmanager config/config.go).
class Pager {
 public:
  struct Page {
    std::uint64_t number = 0;  ///< from 1
    SimTime at{};
    std::vector<std::string> alerts;  ///< names of all that fire now; sorted, unique
    std::string priority;             ///< highest of label `priority`: "P0" above "P1"; empty if none has one
  };
  explicit Pager(SimDuration group_wait = 30s, SimDuration group_interval = 5min);
  /// Tells of changes; then due() says whether a page goes out at `at`.
  void take(const std::vector<AlertChange>& changes, SimTime at);
  std::vector<Page> due(SimTime at);
  /// When due() may next have something to say; sim_never while nothing waits.
  SimTime next() const { return next_; }

 private:
  struct Firing {
    std::string alert, priority;
    bool paged = false;
  };
  bool waiting() const;

  SimDuration group_wait_, group_interval_;
  std::map<Labels, Firing> firing_;
  SimTime next_ = sim_never;
  SimTime last_ = sim_start;
  std::uint64_t number_ = 0;
  bool paged_before_ = false;  // since the pager was last quiet
};

}  // namespace muster
