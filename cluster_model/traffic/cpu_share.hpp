// The processors of one container: bursts share them equally (processor sharing), and a CPU limit is a quota
// per period, as the Linux CFS bandwidth controller enforces it: when the quota is used up all stop until the
// next period (kernel Documentation/scheduler/sched-bwc.rst; period 100 ms: kubernetes/kubernetes
// pkg/kubelet/cm/helpers_linux.go, QuotaPeriod).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/time.hpp"

namespace muster {

class CpuShare {
 public:
  static constexpr SimDuration period{100'000'000};

  /// `cores`: at most so many bursts run at full speed at once; 0 = any number.
  /// `quota_cores`: processor seconds per second; 0 = no limit. Periods begin at `start`.
  CpuShare(double cores, double quota_cores, SimTime start);

  /// A burst of `work` processor time begins.
  void add(std::uint32_t burst, SimDuration work, SimTime now);
  /// It is given up.
  void remove(std::uint32_t burst, SimTime now);
  /// A burst that is over at `now`; none = call again at next_change().
  std::optional<std::uint32_t> take_finished(SimTime now);
  /// When something changes by itself: a burst ends, the quota is used up or renewed.
  std::optional<SimTime> next_change() const;

  double used_seconds() const { return used_ns_ / 1e9; }
  std::size_t running() const { return heap_.size(); }
  bool throttled() const { return throttled_; }
  /// Periods in which the quota was used up: container_cpu_cfs_throttled_periods_total.
  std::uint64_t throttled_periods() const { return throttled_periods_; }
  /// Periods in which something ran; as long as nothing runs, the kernel's period timer stands still.
  std::uint64_t quota_periods() const { return quota_periods_; }
  /// How long it stood still with the quota used up, in periods that are over.
  double throttled_seconds() const { return static_cast<double>(throttled_ns_) / 1e9; }

 private:
  struct Entry {
    double ends;  // attained service at which it is over
    std::uint32_t burst;
  };
  double rate() const;  // of each burst
  void advance(SimTime now);
  void run_for(double ns);
  void renew(SimTime now);

  double cores_, quota_ns_;  // quota per period; 0 = none
  std::vector<Entry> heap_;  // the first to end on top
  double attained_ns_ = 0;   // by each burst since the start, as if it had always been there
  double left_ns_ = 0;       // of the quota in this period
  double used_ns_ = 0;
  SimTime at_;  // everything is up to date at this time
  SimTime period_end_;
  bool throttled_ = false;
  std::uint64_t throttled_periods_ = 0, quota_periods_ = 0;
  SimTime throttled_since_{};
  std::int64_t throttled_ns_ = 0;
  bool ran_ = false;  // in this period
};

}  // namespace muster
