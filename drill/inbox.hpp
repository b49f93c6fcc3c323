// Where responders wait for their turn. Everything that responders do at one instant happens in one event of
// the request lane, so that a replay, which knows the requests but not the responders, meets the same world.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "sim/engine.hpp"

namespace muster {

class Inbox {
 public:
  using Turn = std::function<void()>;

  explicit Inbox(Engine& engine) : engine_(engine) {}

  /// `turn` runs at `at` (not before now), after those that asked for the same instant earlier.
  void add(SimTime at, Turn turn);

 private:
  void drain(SimTime at);

  Engine& engine_;
  std::map<SimTime, std::vector<Turn>> turns_;
};

}  // namespace muster
