// Somebody who wants to see single requests: tests against theory, a trace.
#pragma once

#include "journal/fact/traffic.hpp"
#include "sim/time.hpp"

namespace muster {

class RequestWatcher {
 public:
  virtual ~RequestWatcher() = default;
  /// A process of the service begins to work on a request that waited so long for a worker.
  virtual void started(int service, SimDuration waited) = 0;
  /// It replied, `sojourn` after it had accepted the request.
  virtual void replied(int service, int endpoint, Outcome outcome, SimDuration sojourn) = 0;
  /// A user's request is over after so many attempts.
  virtual void ended(int service, Outcome outcome, SimDuration latency, std::uint32_t attempts) = 0;
};

}  // namespace muster
