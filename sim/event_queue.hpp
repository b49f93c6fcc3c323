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
    Work& work = work_.data()[slot];
    std::memcpy(work.action, static_cast<const void*>(&action), sizeof(Action));
    work.run = [](void* storage) { (*static_cast<Action*>(storage))(); };
    return insert(slot, at, lane);
  }

  /// True if the event was waiting; it is gone then, and will never fire.
  bool cancel(EventId id);
  bool pending(EventId id) const {
    return id && id.slot < nodes_.size() && generation_of(nodes_.data()[id.slot].low) == id.generation;
  }
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Takes the first event with time <= `end` into `due`; false if there is none. The wheel never turns past
  /// `end`, so what is pushed afterwards still finds its bucket.
  bool pop(SimTime end, Due& due) {
    while (true) {
      while (!heap_.empty()) {
        const EventKey key = heap_.top();
        if (nodes_.data()[slot_of(key)].low != low_half(key)) {
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

  // What the wheel turns over is kept apart from what an event does: the lists then fit the cache twice as
  // well.
  struct Node {
    std::uint64_t time, low;       // the halves of the key; low is 0 while the slot is free
    std::uint32_t next, previous;  // in the bucket's list; `next` also links the free slots
  };
  struct Work {
    void (*run)(void* action);
    alignas(void*) unsigned char action[action_bytes];
  };
  static_assert(sizeof(Node) + sizeof(Work) <= 64);

  /// Where an event waits follows from its tick and the wheel's; so it need not be kept.
  struct Bucket {
    std::uint32_t level, digit;
    std::uint32_t index() const { return level * buckets_per_level + digit; }
  };
  Bucket bucket_of(std::uint64_t tick) const {  // tick > tick_
    const auto level = static_cast<std::uint32_t>(std::bit_width(tick ^ tick_) - 1) / level_bits;
    return {level, static_cast<std::uint32_t>(tick >> (level * level_bits)) % buckets_per_level};
  }

  std::uint32_t take_slot() {
    if (free_ == nil) return add_slot();
    const std::uint32_t slot = free_;
    free_ = nodes_.data()[slot].next;
    return slot;
  }

  EventId insert(std::uint32_t slot, SimTime at, Lane lane) {
    const EventKey key = make_key(at, lane, next_sequence(), slot);
    Node& node = nodes_.data()[slot];
    node.time = high_half(key);
    node.low = low_half(key);
    ++size_;
    place(slot, node);
    return EventId{slot, generation_of(node.low)};
  }

  void place(std::uint32_t slot, Node& node) {
    const std::uint64_t tick = node.time >> tick_shift;
    if (tick > tick_) return link(slot, node, bucket_of(tick));
    __builtin_prefetch(work_.data() + slot);
    heap_.push(join_key(node.time, node.low));
  }

  void link(std::uint32_t slot, Node& node, Bucket bucket) {
    std::uint32_t& head = heads_[bucket.index()];
    node.previous = nil;
    node.next = head;
    if (head != nil) nodes_.data()[head].previous = slot;
    head = slot;
    occupied_[bucket.level] |= std::uint64_t{1} << bucket.digit;
    busy_levels_ |= 1u << bucket.level;
  }

  void take_out(EventKey key, Due& due) {
    const std::uint32_t slot = slot_of(key);
    const Work& work = work_.data()[slot];
    due.at = time_of(key);
    due.lane = lane_of(key);
    due.run = work.run;
    std::memcpy(due.action, work.action, action_bytes);
    release(slot);
  }

  void release(std::uint32_t slot) {
    Node& node = nodes_.data()[slot];
    node.low = 0;
    node.next = free_;
    free_ = slot;
    --size_;
  }

  /// The low 32 bits of the sequence are the generation of a slot's event. 0 names nothing and is left out.
  std::uint64_t next_sequence() {
    if (static_cast<std::uint32_t>(++sequence_) == 0) ++sequence_;
    MUSTER_ASSERT(sequence_ < event_sequence_end, "too many events for one queue");
    return sequence_;
  }
  static std::uint32_t generation_of(std::uint64_t low) {
    return static_cast<std::uint32_t>(low >> event_slot_bits);
  }

  std::uint32_t add_slot();
  void unlink(const Node& node);
  void mark_empty(Bucket bucket);
  bool turn(SimTime end);
  std::uint64_t next_tick(Bucket bucket) const;
  void spill(Bucket bucket);

  std::vector<Node> nodes_;  // [slot]
  std::vector<Work> work_;   // [slot]
  KeyHeap heap_;
  std::array<std::uint32_t, levels * buckets_per_level> heads_;  // [bucket] first slot
  std::array<std::uint64_t, levels> occupied_{};                 // [level] bit per bucket
  std::uint32_t busy_levels_ = 0;                                // bit per level
  std::uint32_t free_ = nil;
  std::uint32_t size_ = 0;
  std::uint64_t tick_ = 0;  // everything due in or before it is in the heap
  std::uint64_t sequence_ = 0;
};

}  // namespace muster
