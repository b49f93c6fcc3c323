#include "scoring/user_series.hpp"

#include <algorithm>

#include "scoring/impact.hpp"

namespace muster {

UserSeries::UserSeries(const Journal& journal) {
  for (const Record& record : journal.records) {
    if (!std::holds_alternative<Seal>(record.body)) last_record_ = record.number;
    const auto whole = static_cast<std::size_t>(record.at.time_since_epoch() / 1s);
    if (seconds_.size() < whole) seconds_.resize(whole);
    const auto* traffic = record.fact<TrafficFact>();
    if (traffic == nullptr) continue;
    const std::size_t second = second_of(record.at);
    if (seconds_.size() <= second) seconds_.resize(second + 1);
    if (seconds_[second].facts.empty()) seconds_[second].record = record.number;
    seconds_[second].facts.push_back(traffic);
  }
}

std::uint64_t UserSeries::record_in(std::size_t from, std::size_t to) const {
  for (std::size_t second = from; second < std::min(to, size()); ++second)
    if (!seconds_[second].facts.empty()) return seconds_[second].record;
  return last_record_;
}

void UserWindow::change(const UserSecond& second, std::int64_t sign) {
  for (const TrafficFact* fact : second.facts) change(*fact, sign);
}

void UserWindow::change(const TrafficFact& fact, std::int64_t sign) {
  arrivals_ += sign * fact.arrivals;
  late_ += sign * fact.slow;
  seen_ += sign * fact.users_seen;
  affected_ += sign * fact.users_affected;
  for (const EndpointTraffic& endpoint : fact.endpoints) {
    std::int64_t ended = 0, failed = 0;
    for (std::size_t i = 0; i < endpoint.outcomes.size(); ++i) {
      ended += endpoint.outcomes[i];
      if (is_failure(static_cast<Outcome>(i))) failed += endpoint.outcomes[i];
    }
    ok_ += sign * endpoint.outcomes[static_cast<std::size_t>(Outcome::ok)];
    late_ += sign * endpoint.outcomes[static_cast<std::size_t>(Outcome::timeout)];
    ended_ += sign * ended;
    failed_ += sign * failed;
    Feature& feature = features_[endpoint.feature];
    feature.ended += sign * ended;
    feature.failed += sign * failed;
  }
  for (const auto& [bucket, count] : fact.latency.sparse()) {
    counts_[bucket] += sign * count;
    latencies_ += sign * count;
  }
}

std::uint16_t UserWindow::p95_bucket() const {
  const std::int64_t rank =
      (latencies_ * 95 + 99) / 100;  // nearest rank: the smallest with 95 % at or below it
  std::int64_t seen = 0;
  for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
    seen += counts_[bucket];
    if (seen >= rank && counts_[bucket] > 0) return static_cast<std::uint16_t>(bucket);
  }
  return 0;
}

SimDuration UserWindow::p95() const {
  if (!has_latency()) return SimDuration::zero();
  const auto [lower, upper] = LatencyHistogram::bounds_of(p95_bucket());
  return lower + (upper - lower) / 2;
}

std::size_t seconds_in(SimDuration duration) {
  return static_cast<std::size_t>(std::max<std::int64_t>(duration / 1s, 1));
}

}  // namespace muster
