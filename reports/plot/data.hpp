// What the plots show, taken from the journal: counts per ten seconds, pods per workload, marks in time.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "journal/journal.hpp"
#include "scoring/scorecard.hpp"
#include "sim/statistics.hpp"
#include "sim/time.hpp"

namespace muster::reports {

inline constexpr SimDuration plot_step{10s};

/// How requests ended, as the plot stacks them: `ok` of the journal is split by the latency objective.
enum class Band : std::uint8_t { ok, slow, client_error, server_error, unavailable, reset, timeout };
inline constexpr std::size_t band_count = 7;

/// Ten seconds, all services together.
struct TrafficBin {
  std::array<std::uint64_t, band_count> counts{};  // [Band]
  LatencyHistogram latency;
  std::uint64_t ended() const;
  std::uint64_t failed() const;
};

struct UserMinute {
  std::uint64_t seen = 0, affected = 0;  // distinct per service, summed over services
};

struct Traffic {
  std::vector<TrafficBin> bins;     // [ten seconds]
  std::vector<UserMinute> minutes;  // [minute]
};
/// A fact at t tells of (t - 1 s, t]; facts at or after `end` count into the last bin.
Traffic traffic_of(const Journal& journal, SimTime end);

struct PodCount {
  SimTime at{};
  int ready = 0, wanted = 0;
  std::int64_t revision = 0;
};
struct Workload {
  std::string name;               // "Deployment autonomous-dev-prod/autonomous-dev"
  std::string short_name;         // "autonomous-dev"
  std::vector<PodCount> changes;  // by time
};
/// In the order of their first fact.
std::vector<Workload> workloads_of(const Journal& journal);

enum class MarkKind : std::uint8_t { fault, milestone, page };
struct Mark {
  SimTime at{};
  MarkKind kind = MarkKind::milestone;
  std::string label;  // "t0", "fault ends", empty for a page
};
/// By time.
std::vector<Mark> marks_of(const Scorecard& card, const Journal& journal);

/// The end of the plots' time axis: the last record, or the horizon if there is none; never zero.
SimTime end_of(const Scorecard& card, const Journal& journal);

}  // namespace muster::reports
