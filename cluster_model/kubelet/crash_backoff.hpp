// How long a crashed container waits before it is started again. Model: kubernetes/kubernetes
// pkg/kubelet/kuberuntime (doBackOff) and client-go util/flowcontrol/backoff.go. The kubelet's own retry grid
// (10 s and jitter) can make real waits up to 15 s longer; here they are exact.
#pragma once

#include <string>

#include "sim/time.hpp"

namespace muster {

/// What the kubelet remembers of one container.
struct BackoffEntry {
  bool known = false;
  SimDuration wait{};
  SimTime updated{};  ///< when the container was last started after a crash
  friend bool operator==(const BackoffEntry&, const BackoffEntry&) = default;
};

inline constexpr SimDuration backoff_first = 10s;
inline constexpr SimDuration backoff_most = 300s;
/// An instance that ran longer than this is forgiven.
inline constexpr SimDuration backoff_forgotten_after = 2 * backoff_most;

/// From the end of the instance to the next start: 0, 10 s, 20 s, 40 s, 80 s, 160 s, 300 s, 300 s, ...
SimDuration crash_backoff(const BackoffEntry& entry, SimTime finished);
/// The entry after the container, which finished at `finished`, was started again at `now`.
BackoffEntry after_restart(const BackoffEntry& entry, SimTime finished, SimTime now);

/// As Go prints durations: "10s", "1m20s", "5m0s", "1.661s", "512ms".
std::string go_duration(SimDuration duration);

}  // namespace muster
