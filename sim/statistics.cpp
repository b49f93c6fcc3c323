#include "sim/statistics.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/assert.hpp"

namespace muster {
namespace {

constexpr std::int64_t ns_per_unit = 1000;  // the scale's finest step, a microsecond

}  // namespace

void Moments::add(double x) {
  ++count_;
  const double before = x - mean_;
  mean_ += before / static_cast<double>(count_);
  m2_ += before * (x - mean_);
}

void Moments::merge(const Moments& other) {
  if (other.count_ == 0) return;
  const double mine = static_cast<double>(count_), theirs = static_cast<double>(other.count_);
  const double all = mine + theirs, apart = other.mean_ - mean_;
  mean_ += apart * (theirs / all);
  m2_ += other.m2_ + apart * apart * (mine * theirs / all);
  count_ += other.count_;
}

double Moments::variance() const {
  return count_ < 2 ? 0.0 : m2_ / static_cast<double>(count_ - 1);
}

std::uint16_t LatencyHistogram::bucket_of(SimDuration latency) {
  const auto units = static_cast<std::uint64_t>(std::max<std::int64_t>(latency.count(), 0) / ns_per_unit);
  if (units < (1u << sub_bits)) return static_cast<std::uint16_t>(units);
  const int octave = static_cast<int>(std::bit_width(units)) - 1 - sub_bits;
  return static_cast<std::uint16_t>((static_cast<std::uint64_t>(octave) << sub_bits) + (units >> octave));
}

std::pair<SimDuration, SimDuration> LatencyHistogram::bounds_of(std::uint16_t bucket) {
  const int octave = bucket < (2 << sub_bits) ? 0 : (bucket >> sub_bits) - 1;
  const std::int64_t step = bucket - (std::int64_t{octave} << sub_bits);
  const auto bound = [&](std::int64_t steps) {
    const std::int64_t units = steps << octave;
    return units > SimDuration::max().count() / ns_per_unit ? SimDuration::max()
                                                            : SimDuration{units * ns_per_unit};
  };
  return {bound(step), bound(step + 1)};
}

void LatencyHistogram::add(SimDuration latency, std::uint32_t count) {
  if (count == 0) return;
  const std::uint16_t bucket = bucket_of(latency);
  if (bucket >= counts_.size()) counts_.resize(bucket + 1u);
  counts_[bucket] += count;
  count_ += count;
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
}

void LatencyHistogram::clear() {
  counts_.clear();
  count_ = 0;
}

SimDuration LatencyHistogram::quantile(double q) const {
  if (count_ == 0) return SimDuration{0};
  // The factor keeps 0.07 * 100 = 7.000000000000001 at rank 7.
  const double rank = std::ceil(q * static_cast<double>(count_) * (1 - 1e-12));
  const auto wanted = static_cast<std::uint64_t>(std::clamp(rank, 1.0, static_cast<double>(count_)));
  std::uint64_t seen = 0;
  std::size_t bucket = 0;
  while ((seen += counts_[bucket]) < wanted) ++bucket;
  const auto [lower, upper] = bounds_of(static_cast<std::uint16_t>(bucket));
  return lower + (upper - lower) / 2;
}

std::vector<std::pair<std::uint16_t, std::uint32_t>> LatencyHistogram::sparse() const {
  std::vector<std::pair<std::uint16_t, std::uint32_t>> buckets;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if (counts_[i] > 0) buckets.emplace_back(static_cast<std::uint16_t>(i), counts_[i]);
  return buckets;
}

LatencyHistogram LatencyHistogram::from_sparse(
    const std::vector<std::pair<std::uint16_t, std::uint32_t>>& buckets) {
  LatencyHistogram made;
  for (const auto& [bucket, count] : buckets) {
    MUSTER_ASSERT(bucket <= max_bucket, "no duration has such a bucket");
    if (count == 0) continue;
    if (bucket >= made.counts_.size()) made.counts_.resize(bucket + 1u);
    made.counts_[bucket] += count;
    made.count_ += count;
  }
  return made;
}

}  // namespace muster
