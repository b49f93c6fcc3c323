// One probe of one container instance: an attempt every period, counted against the thresholds. Model:
// kubernetes/kubernetes pkg/kubelet/prober/worker.go.
#pragma once

#include <functional>
#include <memory>

#include "cluster_model/objects.hpp"
#include "cluster_model/timer.hpp"

namespace muster {

/// The first attempt: on the probe's own grid `phase` + k periods after the container's start, and not before
/// the initial delay.
SimTime first_attempt(const Probe& probe, SimTime container_start, SimDuration phase);

/// Result of a run of attempts against the thresholds.
class ProbeCount {
 public:
  explicit ProbeCount(const Probe& probe) : probe_(probe) {}
  enum class Verdict { undecided, succeeded, failed };
  /// A verdict is reached with the threshold's last attempt in a row, and again with each later one.
  Verdict count(bool success);
  void reset() { in_row_ = 0; }

 private:
  const Probe& probe_;
  int in_row_ = 0;
  bool last_ = false;
};

/// What one attempt found.
struct ProbeAttempt {
  bool success = false;
  std::string problem;  ///< of a failure: what the kubelet's event says
  /// The next attempts will find the same until wake() is called: none is made meanwhile.
  bool steady = false;
};

class ProbeRunner {
 public:
  using Done = std::function<void(ProbeAttempt)>;
  struct Callbacks {
    std::function<void(Done)> attempt;  ///< answers once, now or later; never if the instance ends first
    std::function<void(const std::string& problem)> attempt_failed;
    std::function<void()> succeeded;  ///< the success threshold was reached; again after each failure
    std::function<void()> failed;     ///< the failure threshold was reached; again after each success
  };
  ProbeRunner(Engine& engine, const Probe& probe, Callbacks callbacks);

  void begin(SimTime first) { timer_.start_at(first); }
  /// Attempts are made again if they were not needed for a while.
  void wake();
  /// The instance is known to have passed: only a failure is news.
  void assume_success() { verdict_ = ProbeCount::Verdict::succeeded; }

 private:
  void attempt();
  void take(SimTime begun, const ProbeAttempt& result);

  Engine& engine_;
  Probe probe_;
  Callbacks callbacks_;
  ProbeCount count_;
  ProbeCount::Verdict verdict_ = ProbeCount::Verdict::undecided;  // the last one told
  bool steady_ = false;
  SimTime last_begun_{};
  Timer timer_;
  std::shared_ptr<int> life_ = std::make_shared<int>();  // answers may come after the end
};

}  // namespace muster
