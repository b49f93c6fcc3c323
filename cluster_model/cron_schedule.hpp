// Five-field cron expressions in UTC, as CronJobs write them (github.com/robfig/cron parser.go: minute, hour,
// day of month, month, day of week; "*", lists, ranges, steps, names, and "@hourly" and its like).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/result.hpp"

namespace muster {

/// The allowed values of each field as bits.
struct CronSchedule {
  std::uint64_t minutes = 0, hours = 0, days = 0, months = 0, weekdays = 0;  ///< weekday 0 = Sunday
  /// A "*" in one of the two day fields leaves the other to decide; else either is enough.
  bool any_day = false, any_weekday = false;
  friend bool operator==(const CronSchedule&, const CronSchedule&) = default;
};

/// Error: invalid_input with what is wrong.
Result<CronSchedule> parse_cron(std::string_view text);

/// The first time after `unix_seconds` that fits, in unix seconds; -1 if none within five years.
std::int64_t next_cron_time(const CronSchedule& schedule, std::int64_t unix_seconds);

}  // namespace muster
