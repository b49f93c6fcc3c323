// The pending-event set: exact (time, lane, sequence) order, O(1) insertion and true cancellation.
// A hierarchical timing wheel (Varghese and Lauck 1987) in front of a small heap that holds only what is due
// in or before the wheel's current tick, because that pair won at every size in the measurements behind
// docs/performance.md. Eight levels of 64 buckets reach over all of SimTime, so there is no overflow list.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "sim/assert.hpp"
#include "sim/event_key.hpp"
#include "sim/key_heap.hpp"
#include "sim/time.hpp"

namespace muster {

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
  static constexpr std::uint32_t max_size = 1u << event_slot_bits;  ///< more at one moment: assertion

  /// An event taken out of the queue, ready to run. It is a copy, so the action may schedule into its own
  /// slot.
  struct Due {
    SimTime at{};
    Lane lane = Lane::model;
    void (*run)(void* action) = nullptr;
    alignas(void*) unsigned char action[action_bytes];
    void operator()() { run(action); }
  };

  EventQueue();

  /// Schedules `action()`. Any time from zero on is allowed; what is "past" is the Engine's business.
  template <class Action>
  EventId push(SimTime at, Lane lane, const Action& action) {
    static_assert(std::is_trivially_copyable_v<Action> && std::is_trivially_destructible_v<Action>);
    static_assert(sizeof(Action) <= action_bytes && alignof(Action) <= alignof(void*));
    const std::uint32_t slot = take_slot();
    Slot& held = slots_.data()[slot];
    std::memcpy(held.action, static_cast<const void*>(&action), sizeof(Action));
    held.run = [](void* storage) { (*static_cast<Action*>(storage))(); };
    return insert(slot, at, lane);
  }

  /// True if the event was waiting; it is gone then, and will never fire.
  bool cancel(EventId id);
  bool pending(EventId id) const {
    return id.slot < slots_.size() && slots_.data()[id.slot].generation == id.generation;
  }
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Takes the first event with time <= `end` into `due`; false if there is none. The wheel never turns past
  /// `end`, so what is pushed afterwards still finds its bucket.
  bool pop(SimTime end, Due& due) {
    while (true) {
      while (!heap_.empty()) {
        const EventKey key = heap_.top();
        if (slots_.data()[slot_of(key)].key != key) {
          heap_.pop();  // cancelled while it waited here
          continue;
        }
        if (time_of(key) > end) return false;
        heap_.pop();
        take_out(key, due);
        return true;
      }
      if (!turn(end)) return false;
    }
  }

 private:
  static constexpr int tick_shift = 17;  // a tick is 2^17 ns = 131 us
  static constexpr int level_bits = 6;
  static constexpr int levels = 8;  // 8 * 6 + 17 = 65 bits of nanoseconds
  static constexpr std::uint32_t buckets_per_level = 1u << level_bits;
  static constexpr std::uint32_t nil = 0xFFFFFFFF;
  static constexpr std::uint32_t in_heap = levels * buckets_per_level;  // values of Slot::home that are
  static constexpr std::uint32_t is_free = in_heap + 1;                 // not a bucket

  struct Slot {
    EventKey key;  // 0 while free
    void (*run)(void*);
    alignas(void*) unsigned char action[action_bytes];
    std::uint32_t next, previous;  // in the bucket's list; `next` also links the free slots
    std::uint32_t generation;      // of the event that is here, or of the next one if free
    std::uint32_t home;            // bucket, in_heap or is_free
  };
  static_assert(sizeof(Slot) == 64);

  std::uint32_t take_slot() {
    if (free_ == nil) return add_slot();
    const std::uint32_t slot = free_;
    free_ = slots_.data()[slot].next;
    return slot;
  }

  EventId insert(std::uint32_t slot, SimTime at, Lane lane) {
    Slot& held = slots_.data()[slot];
    held.key = make_key(at, lane, next_sequence(), slot);
    ++size_;
    place(slot, held, tick_of(held.key));
    return EventId{slot, held.generation};
  }

  void place(std::uint32_t slot, Slot& held, std::uint64_t tick) {
    if (tick <= tick_) {
      held.home = in_heap;
      heap_.push(held.key);
      return;
    }
    const auto level = static_cast<std::uint32_t>(std::bit_width(tick ^ tick_) - 1) / level_bits;
    const auto digit = static_cast<std::uint32_t>(tick >> (level * level_bits)) % buckets_per_level;
    link(slot, held, level, digit);
  }

  void link(std::uint32_t slot, Slot& held, std::uint32_t level, std::uint32_t digit) {
    const std::uint32_t bucket = level * buckets_per_level + digit;
    const std::uint32_t first = heads_[bucket];
    held.home = bucket;
    held.previous = nil;
    held.next = first;
    if (first != nil) slots_.data()[first].previous = slot;
    heads_[bucket] = slot;
    occupied_[level] |= std::uint64_t{1} << digit;
    busy_levels_ |= 1u << level;
  }

  void take_out(EventKey key, Due& due) {
    const std::uint32_t slot = slot_of(key);
    Slot& held = slots_.data()[slot];
    due.at = time_of(key);
    due.lane = lane_of(key);
    due.run = held.run;
    std::memcpy(due.action, held.action, action_bytes);
    release(slot, held);
  }

  void release(std::uint32_t slot, Slot& held) {
    held.key = 0;
    held.home = is_free;
    if (++held.generation == 0) held.generation = 1;  // 0 names nothing
    held.next = free_;
    free_ = slot;
    --size_;
  }

  std::uint64_t next_sequence() {
    MUSTER_ASSERT(sequence_ < event_sequence_end, "too many events for one queue");
    return sequence_++;
  }
  static std::uint64_t tick_of(EventKey key) { return static_cast<std::uint64_t>(key >> (64 + tick_shift)); }

  std::uint32_t add_slot();
  void unlink(const Slot& held);
  void clear_bit(std::uint32_t level, std::uint32_t digit);
  bool turn(SimTime end);
  void spill(std::uint32_t level, std::uint32_t digit);

  std::vector<Slot> slots_;
  KeyHeap heap_;
  std::array<std::uint32_t, levels * buckets_per_level> heads_;  // [bucket] first slot
  std::array<std::uint64_t, levels> occupied_{};                 // [level] bit per bucket
  std::uint32_t busy_levels_ = 0;                                // bit per level
  std::uint32_t free_ = nil;
  std::uint32_t size_ = 0;
  std::uint64_t tick_ = 0;  // everything due in or before it is in the heap
  std::uint64_t sequence_ = 1;
};

}  // namespace muster
