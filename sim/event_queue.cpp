#include "sim/event_queue.hpp"

namespace muster {

EventQueue::EventQueue() {
  heads_.fill(nil);
}

std::uint32_t EventQueue::add_slot() {
  MUSTER_ASSERT(slots_.size() < max_size, "too many events are pending");
  slots_.push_back(Slot{0, nullptr, {}, nil, nil, 1, is_free});
  return static_cast<std::uint32_t>(slots_.size() - 1);
}

bool EventQueue::cancel(EventId id) {
  if (!pending(id)) return false;
  Slot& held = slots_[id.slot];
  if (held.home != in_heap)
    unlink(held);  // a key in the heap goes stale: pop() sees that the slot has another
  release(id.slot, held);
  return true;
}

void EventQueue::unlink(const Slot& held) {
  if (held.next != nil) slots_[held.next].previous = held.previous;
  if (held.previous != nil) {
    slots_[held.previous].next = held.next;
    return;
  }
  heads_[held.home] = held.next;
  if (held.next == nil) clear_bit(held.home / buckets_per_level, held.home % buckets_per_level);
}

void EventQueue::clear_bit(std::uint32_t level, std::uint32_t digit) {
  occupied_[level] &= ~(std::uint64_t{1} << digit);
  if (occupied_[level] == 0) busy_levels_ &= ~(1u << level);
}

/// Moves the wheel to its next bucket in use, if that does not begin after `end`. Lower levels come first in
/// time, and within a level all buckets in use lie ahead of the current digit.
bool EventQueue::turn(SimTime end) {
  if (busy_levels_ == 0) return false;
  const auto level = static_cast<std::uint32_t>(std::countr_zero(busy_levels_));
  const auto digit = static_cast<std::uint32_t>(std::countr_zero(occupied_[level]));
  const std::uint32_t shift = level * level_bits;
  const std::uint64_t above = tick_ >> shift >> level_bits;
  const std::uint64_t begin = (above << level_bits | digit) << shift;
  if (nanoseconds_of(end) < 0 || begin > static_cast<std::uint64_t>(nanoseconds_of(end)) >> tick_shift)
    return false;
  tick_ = begin;
  spill(level, digit);
  return true;
}

/// Hands a bucket's events to finer levels, or to the heap if they are due in the current tick.
void EventQueue::spill(std::uint32_t level, std::uint32_t digit) {
  std::uint32_t& head = heads_[level * buckets_per_level + digit];
  std::uint32_t slot = head;
  head = nil;
  clear_bit(level, digit);
  while (slot != nil) {
    Slot& held = slots_.data()[slot];
    const std::uint32_t next = held.next;
    place(slot, held, tick_of(held.key));
    slot = next;
  }
}

}  // namespace muster
