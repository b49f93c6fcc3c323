// Alert and recording rules from ordinary Prometheus rule files, and the pager behind them.
#pragma once

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

class AlertEngine {
 public:
  /// `store` receives recording rules' results and the ALERTS series.
  AlertEngine(SeriesStore& store, std::vector<RuleGroup> groups, SimDuration default_interval, Epoch epoch);
  ~AlertEngine();

  /// Evaluates every group that is due at `at` (groups run at whole multiples of their interval).
  std::vector<AlertChange> evaluate(SimTime at);
  std::vector<ActiveAlert> active() const;
  const std::vector<RuleGroup>& groups() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Groups firing alerts with `severity: critical` into pages, as Alertmanager's grouping by alertname would:
/// first page `group_wait` after the first alert of a quiet pager, then at most one per `group_interval`.
/// Defaults: Alertmanager's own (30 s, 5 min).
class Pager {
 public:
  struct Page {
    std::uint64_t number = 0;
    SimTime at{};
    std::vector<std::string> alerts;  ///< sorted, unique
    std::string priority;             ///< highest of label `priority`: "P0" above "P1"
  };
  explicit Pager(SimDuration group_wait = 30s, SimDuration group_interval = 5min);
  /// Tells of changes; then due() says whether a page goes out at `at`.
  void take(const std::vector<AlertChange>& changes, SimTime at);
  std::vector<Page> due(SimTime at);

 private:
  SimDuration group_wait_, group_interval_;
  std::vector<std::pair<Labels, std::string>> firing_;  // (labels, priority) not yet paged or still firing
  std::vector<Labels> paged_;
  SimTime next_ = sim_never;
  SimTime last_ = sim_start;
  std::uint64_t number_ = 0;
  bool quiet_ = true;
};

}  // namespace muster
