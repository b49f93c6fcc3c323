// One probe of one container instance. A process that listens passes every probe until it ends, so a probe
// that has succeeded needs no further events; one that fails is repeated each period. Model:
// kubernetes/kubernetes pkg/kubelet/prober/worker.go.
#pragma once

#include <functional>

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

 private:
  const Probe& probe_;
  int in_row_ = 0;
  bool last_ = false;
};

class ProbeRunner {
 public:
  struct Callbacks {
    std::function<bool()> passes;
    std::function<void()> attempt_failed;
    std::function<void()> succeeded;  ///< once; then the runner is silent
    std::function<void()> failed;     ///< the threshold was reached
  };
  ProbeRunner(Engine& engine, const Probe& probe, Callbacks callbacks);

  void begin(SimTime first) { timer_.start_at(first); }

 private:
  void attempt();

  Engine& engine_;
  Probe probe_;
  Callbacks callbacks_;
  ProbeCount count_;
  Timer timer_;
};

}  // namespace muster
