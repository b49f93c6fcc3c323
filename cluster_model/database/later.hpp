// Steps of long procedures: std::functions at later times. For the few things that take minutes, not for
// queries.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "sim/engine.hpp"

namespace muster {
inline namespace postgres {  // short names of this folder alone

class Later {
 public:
  explicit Later(Engine& engine) : engine_(engine) {}
  ~Later() {
    for (const auto& [number, step] : steps_) engine_.cancel(step.event);
  }
  Later(const Later&) = delete;
  Later& operator=(const Later&) = delete;

  void at(SimTime time, std::function<void()> action) {
    const std::uint64_t number = next_++;
    const EventId event = engine_.schedule(time, Lane::model, [this, number] { run(number); });
    steps_.emplace(number, Step{event, std::move(action)});
  }
  void in(SimDuration delay, std::function<void()> action) { at(engine_.now() + delay, std::move(action)); }

 private:
  struct Step {
    EventId event;
    std::function<void()> action;
  };
  void run(std::uint64_t number) {
    const auto found = steps_.find(number);
    const std::function<void()> action = std::move(found->second.action);
    steps_.erase(found);
    action();
  }

  Engine& engine_;
  std::map<std::uint64_t, Step> steps_;
  std::uint64_t next_ = 1;
};

}  // namespace postgres
}  // namespace muster
