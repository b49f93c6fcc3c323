// The event engine: virtual time, a pending-event set in (time, lane, sequence) order, and limits.
// Designs and measured speeds: docs/performance.md. One thread; no wall clock; no randomness.
#pragma once

#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

#include "sim/assert.hpp"
#include "sim/event_queue.hpp"
#include "sim/fingerprint.hpp"
#include "sim/time.hpp"

namespace muster {

/// Why run_until came back.
enum class StopReason {
  reached_time,  ///< virtual time is `end`; later events are still pending
  queue_empty,   ///< nothing is left to happen
  event_limit,   ///< Limits::events was reached
  stopped        ///< an event called stop()
};
const char* to_string(StopReason reason);

struct Limits {
  std::uint64_t events = 2'000'000'000;  ///< events executed in this engine's life
  std::uint32_t pending = 1u << 24;      ///< events waiting at one moment; more is a broken model: assertion
};

class Engine {
 public:
  explicit Engine(Limits limits = {});
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  SimTime now() const { return now_; }

  /// Schedules `action()` at `at` (not before now) in `lane`. `action` must be trivially copyable and at most
  /// EventQueue::action_bytes large: capture pointers and indices, not containers.
  template <class Action>
  EventId schedule(SimTime at, Lane lane, Action action) {
    MUSTER_ASSERT(at >= now_, "an event cannot be scheduled in the past");
    MUSTER_ASSERT(queue_.size() < limits_.pending, "more events are pending than the limits allow");
    return queue_.push(at, lane, action);
  }
  template <class Action>
  EventId schedule_in(SimDuration delay, Lane lane, Action action) {
    return schedule(now_ + delay, lane, action);
  }

  /// A cancelled event never fires. False if it has fired, was cancelled before, or `id` is empty.
  bool cancel(EventId id) { return queue_.cancel(id); }
  bool pending(EventId id) const { return queue_.pending(id); }

  /// Runs every event with time <= end, in order. Afterwards now() == end if the reason is reached_time
  /// or queue_empty; only with end == sim_never ("until nothing is left") time stays at the last event.
  StopReason run_until(SimTime end);
  /// The same run, and `after_each` is called behind every event. For checks: it must change nothing.
  StopReason run_until(SimTime end, const std::function<void()>& after_each);
  /// Ends run_until after the event that is running; called between runs, it ends the next one at once.
  void stop() { stop_requested_ = true; }

  std::uint64_t events_executed() const { return executed_; }
  /// Of them, those outside Lane::request: the same number live and in a replay.
  std::uint64_t world_events_executed() const { return world_executed_; }
  std::uint32_t events_pending() const { return queue_.size(); }
  /// Rolls over the time of every executed event outside Lane::request (a replay schedules the requests
  /// differently, and must still match).
  Fingerprint& fingerprint() { return fingerprint_; }
  const Fingerprint& fingerprint() const { return fingerprint_; }

 private:
  template <class AfterEach>
  StopReason run(SimTime end, const AfterEach& after_each);
  StopReason rest_at(SimTime end);

  Limits limits_;
  EventQueue queue_;
  Fingerprint fingerprint_;
  SimTime now_ = sim_start;
  std::uint64_t executed_ = 0;
  std::uint64_t world_executed_ = 0;
  bool stop_requested_ = false;
};

}  // namespace muster
