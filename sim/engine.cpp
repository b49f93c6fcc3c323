#include "sim/engine.hpp"

namespace muster {

const char* to_string(StopReason reason) {
  switch (reason) {
    case StopReason::reached_time:
      return "reached time";
    case StopReason::queue_empty:
      return "queue empty";
    case StopReason::event_limit:
      return "event limit";
    case StopReason::stopped:
      return "stopped";
  }
  return "unknown";
}

Engine::Engine(Limits limits) : limits_(limits) {
  MUSTER_ASSERT(limits.pending <= EventQueue::max_size,
                "the limit of pending events is beyond the queue's own");
}

StopReason Engine::run_until(SimTime end) {
  return run(end, [] {});
}

StopReason Engine::run_until(SimTime end, const std::function<void()>& after_each) {
  return run(end, after_each);
}

template <class AfterEach>
StopReason Engine::run(SimTime end, const AfterEach& after_each) {
  EventQueue::Due due;
  while (!stop_requested_) {
    if (executed_ >= limits_.events) return StopReason::event_limit;
    if (!queue_.pop(end, due)) return rest_at(end);
    now_ = due.at;
    ++executed_;
    if (due.lane != Lane::request) {
      ++world_executed_;
      fingerprint_.mix(static_cast<std::uint64_t>(nanoseconds_of(due.at)));
    }
    due();
    after_each();
  }
  stop_requested_ = false;
  return StopReason::stopped;
}

StopReason Engine::rest_at(SimTime end) {
  if (end != sim_never && end > now_) now_ = end;
  return queue_.empty() ? StopReason::queue_empty : StopReason::reached_time;
}

}  // namespace muster
