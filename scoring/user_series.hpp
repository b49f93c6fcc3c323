// What users got, second by second, over all services, taken from a journal; and sums over a stretch of it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "scoring/rubric.hpp"

namespace muster {

/// One virtual second: [i] is (i s, i + 1 s].
struct UserSecond {
  std::vector<const TrafficFact*> facts;  ///< one per service
  std::uint64_t record = 0;               ///< number of the first of them; 0 if there is none
};

class UserSeries {
 public:
  /// Keeps pointers into `journal`.
  explicit UserSeries(const Journal& journal);

  /// Whole seconds from the start to the end of the drill; the last one may be without traffic.
  std::size_t size() const { return seconds_.size(); }
  const UserSecond& operator[](std::size_t second) const { return seconds_[second]; }
  /// Record of the first second in [from, to) that has one, or of the last record of the journal.
  std::uint64_t record_in(std::size_t from, std::size_t to) const;

 private:
  std::vector<UserSecond> seconds_;
  std::uint64_t last_record_ = 0;
};

/// Exact sums over a set of seconds; seconds can be taken out again, so that a window can slide.
class UserWindow {
 public:
  void add(const UserSecond& second) { change(second, 1); }
  void remove(const UserSecond& second) { change(second, -1); }

  std::int64_t arrivals() const { return arrivals_; }
  std::int64_t ended() const { return ended_; }
  std::int64_t failed() const { return failed_; }
  std::int64_t ok() const { return ok_; }
  /// ok replies slower than the service's objective, and requests without an answer in time.
  std::int64_t late() const { return late_; }
  double error_ratio() const { return ratio(failed_, ended_); }
  /// Affected over seen, each summed over the seconds.
  double users_affected_share() const { return ratio(affected_, seen_); }
  /// Bucket of the 95th percentile (nearest rank); ended() must be above 0.
  std::uint16_t p95_bucket() const;
  bool has_latency() const { return latencies_ > 0; }
  /// The middle of that bucket, as LatencyHistogram::quantile gives it.
  SimDuration p95() const;

  struct Feature {
    std::int64_t ended = 0, failed = 0;
  };
  const std::map<std::string, Feature, std::less<>>& features() const { return features_; }

 private:
  static double ratio(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  }
  void change(const UserSecond& second, std::int64_t sign);
  void change(const TrafficFact& fact, std::int64_t sign);

  std::int64_t arrivals_ = 0, ended_ = 0, ok_ = 0, failed_ = 0, late_ = 0, seen_ = 0, affected_ = 0,
               latencies_ = 0;
  std::array<std::int64_t, LatencyHistogram::max_bucket + 1> counts_{};
  std::map<std::string, Feature, std::less<>> features_;
};

/// Whole seconds of a duration, at least 1.
std::size_t seconds_in(SimDuration duration);

}  // namespace muster
