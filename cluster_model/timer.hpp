// A one-shot timer that belongs to an object: when the object goes, so does the timer.
#pragma once

#include <functional>
#include <utility>

#include "sim/engine.hpp"

namespace muster {

class Timer {
 public:
  Timer(Engine& engine, std::function<void()> action) : engine_(engine), action_(std::move(action)) {}
  ~Timer() { stop(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  /// Fires once at `at`; an earlier setting is forgotten. The action may destroy the timer.
  void start_at(SimTime at) {
    stop();
    event_ = engine_.schedule(at, Lane::model, [this] {
      event_ = {};
      const std::function<void()> action = action_;  // survives the timer
      action();
    });
  }
  void start_in(SimDuration delay) { start_at(engine_.now() + delay); }
  void stop() {
    if (event_) engine_.cancel(event_);
    event_ = {};
  }
  bool running() const { return static_cast<bool>(event_); }

 private:
  Engine& engine_;
  std::function<void()> action_;
  EventId event_;
};

}  // namespace muster
