// A drill as unit tests of its alert rules, for `promtool test rules`: what was recorded goes in, what our
// engine fired is expected.
#pragma once

#include <string>
#include <vector>

#include "telemetry/alerts.hpp"
#include "telemetry/series_file.hpp"

namespace muster {

/// One firing or its end, as a drill's journal tells it.
struct FiringChange {
  std::int64_t at_ms = 0;
  std::string alert, labels, state;  ///< labels without alertname, printed; state "firing" or "resolved"
};

struct RuleTests {
  std::string yaml;
  std::vector<FiringChange> changes;  ///< what the engine did on the recorded series
};

/// `rule_files` are the names under which promtool will find `groups`. Expectations stand at every change of
/// an alert, one interval before it, and at the drill's end. promtool counts time from 1970, so rules that
/// use time() see other times there than in the drill; it evaluates all groups at the recording's interval.
RuleTests make_rule_tests(const SeriesStore& recorded, const Recording& recording,
                          std::vector<RuleGroup> groups, const std::vector<std::string>& rule_files);

}  // namespace muster
