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

/// Counts of durations in log-linear buckets: 2^sub_bits per power of two of a microsecond-fine scale, so a
/// quantile is off by at most 1 / 2^(sub_bits+1) of itself. Sparse form for the journal.
class LatencyHistogram {
 public:
  static constexpr int sub_bits = 4;  ///< 16 buckets per octave: relative half-width 3.1 %

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

  /// (bucket, count) with count > 0, ascending.
  std::vector<std::pair<std::uint16_t, std::uint32_t>> sparse() const;
  static LatencyHistogram from_sparse(const std::vector<std::pair<std::uint16_t, std::uint32_t>>& buckets);

 private:
  std::vector<std::uint32_t> counts_;  // [bucket]
  std::uint64_t count_ = 0;
};

}  // namespace muster
