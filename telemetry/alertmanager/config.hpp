// What an ordinary alertmanager.yml says, as far as it is built: the tree of routes, receivers, inhibition
// rules (prometheus.io/docs/alerting/latest/configuration). Time intervals are refused; `global` and
// `templates` are read over, since no mail goes out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"
#include "sim/time.hpp"
#include "telemetry/promql/ast.hpp"
#include "telemetry/sample_sink.hpp"

namespace muster::alertmanager {

using promql::Matcher;

/// All of them hold; a label that is absent counts as empty.
bool match_all(const std::vector<Matcher>& matchers, const Labels& labels);

/// `severity="critical"`, `service=~"a|b"`, `a = b`, or several in braces. Error: invalid_input with the
/// text.
Result<std::vector<Matcher>> parse_matchers(const std::string& text);
Result<Matcher> make_matcher(const std::string& name, const std::string& value, Matcher::Kind kind);

struct Route {
  std::string receiver;
  std::vector<Matcher> matchers;
  std::vector<std::string> group_by;  ///< sorted
  bool group_by_all = false;          ///< "...": every alert is a group of its own
  /// Alertmanager's own defaults (prometheus/alertmanager dispatch/route.go, DefaultRouteOpts).
  SimDuration group_wait = 30s, group_interval = 5min, repeat_interval = 4h;
  bool goes_on = false;  ///< `continue`
  std::vector<Route> routes;
};

struct Receiver {
  std::string name;
  bool pages = false;  ///< it has a configuration that wakes people: PagerDuty, Opsgenie, VictorOps, Pushover
  bool reaches = false;  ///< it has any configuration at all
};

struct InhibitRule {
  std::vector<Matcher> source, target;
  std::vector<std::string> equal;
};

struct Config {
  Route route;
  std::vector<Receiver> receivers;
  std::vector<InhibitRule> inhibit_rules;

  const Receiver& receiver(const std::string& name) const;
};

/// One pager for everything with `severity: critical`, in one group; the rest reaches nobody.
Config pager_for_critical();

/// Error: invalid_input at file:line:column.
Result<Config> load_config(std::string_view yaml, const std::string& file);

/// The routes that an alert with these labels takes, in order; never empty.
std::vector<const Route*> routes_of(const Route& root, const Labels& labels);

}  // namespace muster::alertmanager
