// Statistics that can be added up and compared exactly: counts are integers, and the latency histogram has a
// bounded relative error and merges without loss.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sim/time.hpp"

namespace muster {

/// Count, mean and variance in one pass (Welford 1962; merge by Chan, Golub, LeVeque 1983).
class Moments {
 public:
  void add(double x);
  void merge(const Moments& other);
  std::uint64_t count() const { return count_; }
  double mean() const { return mean_; }
  /// Unbiased sample variance; 0 below two values.
  double variance() const;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0;
  double m2_ = 0;
};

/// Counts of durations in log-linear buckets: whole microseconds below 2^sub_bits us, from there 2^sub_bits
/// buckets per power of two, so a quantile is off by at most 1 / 2^(sub_bits+1) of itself (or by 0.5 us, if
/// that is more). The idea of HdrHistogram (G. Tene). Sparse form for the journal.
class LatencyHistogram {
 public:
  static constexpr int sub_bits = 4;                ///< 16 buckets per octave: relative half-width 3.1 %
  static constexpr std::uint16_t max_bucket = 800;  ///< that of the longest SimDuration

  void add(SimDuration latency, std::uint32_t count = 1);
  void merge(const LatencyHistogram& other);
  void clear();

  std::uint64_t count() const { return count_; }
  bool empty() const { return count_ == 0; }
  /// The middle of the bucket that holds the q-quantile (nearest rank), 0 < q <= 1; 0 if empty.
  SimDuration quantile(double q) const;

  /// Bucket number of a duration, and the interval [lower, upper) it stands for.
  static std::uint16_t bucket_of(SimDuration latency);
  static std::pair<SimDuration, SimDuration> bounds_of(std::uint16_t bucket);

  friend bool operator==(const LatencyHistogram&, const LatencyHistogram&) = default;

  /// (bucket, count) with count > 0, ascending. from_sparse takes buckets up to max_bucket, in any order.
  std::vector<std::pair<std::uint16_t, std::uint32_t>> sparse() const;
  static LatencyHistogram from_sparse(const std::vector<std::pair<std::uint16_t, std::uint32_t>>& buckets);

 private:
  std::vector<std::uint32_t> counts_;  // [bucket]; the last one is never 0
  std::uint64_t count_ = 0;
};

}  // namespace muster
