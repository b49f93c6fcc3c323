// The words and numbers that all reports share, so that text, page and JUnit say the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/scorecard.hpp"

namespace muster::reports {

/// A milestone of a drill; docs/scoring.md defines the signs.
struct Milestone {
  std::string sign;  ///< "t0", "tI", ... "tC1"
  std::string name;  ///< "User impact starts"
  std::optional<SimTime> at;
};
/// In the order t0 ... tX, every status update its own; absent ones have no time.
std::vector<Milestone> milestones(const Timestamps& timestamps);
/// Those that happened in the order of time, then those that did not.
std::vector<Milestone> milestones_by_time(const Timestamps& timestamps);

/// A stretch between two milestones that people compare; never a bare "MTTR".
struct Stretch {
  const char* name;     ///< "mitigate": the time to
  const char* from_to;  ///< "impact starts to mitigated"
  std::optional<SimDuration> time;
};
std::vector<Stretch> stretches(const Timestamps& timestamps);

/// Thousandths as points of 100: "87.5", "100".
std::string points_text(int thousandths);
/// "3m20s": whole seconds from a minute on, tenths below.
std::string duration_text(SimDuration duration);
/// A metric's value with its unit: "12.3 %", "3m20s", "1,204 user-minutes", "not defined".
std::string value_text(const Metric& metric);
/// 1204.5 -> "1,204.5": at most one decimal, groups of three; small numbers keep three digits.
std::string number_text(double value);
/// "P", "S", "M", "U", "-".
const char* rating_letter(Rating rating);
/// HSEEP's words, shortened: "without challenges", "unable", "not observed".
const char* rating_words(Rating rating);
/// "record 17" or "records 3, 17"; empty for none.
std::string records_text(const std::vector<std::uint64_t>& records);
/// "time_to_mitigate" -> "time to mitigate".
std::string spaced(std::string_view name);

}  // namespace muster::reports
