// The pending-event set: exact (time, lane, sequence) order, O(1) insertion and true cancellation.
// A hierarchical timing wheel (Varghese and Lauck 1987) in front of a small heap that holds only the current
// slot, because that pair won at every size in the measurements behind docs/performance.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "sim/time.hpp"

namespace muster {

/// Which kind of event comes first at equal times. Live, a request is scheduled late and gets a late sequence
/// number; a replay knows it from the start. The lane makes both order alike.
enum class Lane : std::uint8_t {
  model = 0,    ///< the world itself
  observe = 1,  ///< scrapes, rule evaluation, once-a-second summaries: read the world, never change it
  request = 2   ///< what responders do
};

/// Names one scheduled event for ever: slots are reused, generations are not. Default: names nothing.
struct EventId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
  friend bool operator==(const EventId&, const EventId&) = default;
  explicit operator bool() const { return generation != 0; }
};

class EventQueue {
 public:
  static constexpr std::size_t action_bytes = 24;

  EventQueue();

  template <class Action>
  EventId push(SimTime at, Lane lane, const Action& action) {
    static_assert(std::is_trivially_copyable_v<Action> && std::is_trivially_destructible_v<Action>);
    static_assert(sizeof(Action) <= action_bytes && alignof(Action) <= alignof(void*));
    const std::uint32_t slot = take_slot();
    std::memcpy(slots_[slot].action, static_cast<const void*>(&action), sizeof(Action));
    slots_[slot].run = [](void* storage) { (*static_cast<Action*>(storage))(); };
    return insert(slot, at, lane);
  }

  bool cancel(EventId id);
  bool pending(EventId id) const;
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
};

}  // namespace muster
