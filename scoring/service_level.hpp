// The service level at the user: is a stretch of time healthy, and from when on does it stay so?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scoring/rubric.hpp"
#include "scoring/user_series.hpp"
#include "sim/time.hpp"

namespace muster {

enum class Health : std::uint8_t { healthy, no_traffic, errors, slow };

/// Healthy: requests ended, fewer than errorShareMax of them failed, and p95 < p95Max. Where p95Max falls
/// inside the histogram's bucket of the 95th percentile, the exact count decides: at most 5 % late.
Health health_of(const UserWindow& window, const Rubric& rubric);

/// "38.2% of requests failed (limit 1%)".
std::string describe(const UserWindow& window, Health health, const Rubric& rubric);

/// The health of every minute of a drill, wherever it begins.
class ServiceLevel {
 public:
  static constexpr std::size_t minute = 60;  // seconds

  ServiceLevel(const UserSeries& series, const Rubric& rubric);

  /// Health of (from s, from + 60 s]; `from` + 60 must not be after the end.
  Health minute_from(std::size_t from) const { return minutes_[from]; }
  bool has_minute(std::size_t from) const { return from < minutes_.size(); }

  /// Health is below par over the evaluation window that ends at second `end` (1 ... size).
  bool outside_at(std::size_t end) const { return outside_[end]; }
  std::size_t seconds() const { return seconds_; }

  /// True if every minute counted from `from` is healthy for the restored window, all of it before the end.
  bool holds_from(std::size_t from) const;
  /// The first whole minute counted from `from` that is not healthy, if any before the end.
  std::optional<std::size_t> first_breach(std::size_t from) const;

 private:
  std::size_t seconds_ = 0;
  std::size_t window_minutes_ = 0;
  std::vector<Health> minutes_;  // [first second]
  std::vector<bool> outside_;    // [last second + 1]
};

struct Restored {
  bool restored = false;
  std::string why;
  std::vector<std::uint64_t> records;  ///< of the minute that failed, or of the last one
};

/// Service was healthy in every minute of the last restored window, counted back from the end of the drill.
Restored restored_at_end(const UserSeries& series, const Rubric& rubric);

}  // namespace muster
