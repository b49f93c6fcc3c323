#include "sim/event_queue.hpp"

namespace muster {

EventQueue::EventQueue() {
  heads_.fill(nil);
}

std::uint32_t EventQueue::add_slot() {
  MUSTER_ASSERT(nodes_.size() < max_size, "too many events are pending");
  nodes_.push_back(Node{0, 0, nil, nil});
  work_.emplace_back();
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

bool EventQueue::cancel(EventId id) {
  if (!pending(id)) return false;
  const Node& node = nodes_[id.slot];
  // A key in the heap goes stale: pop() sees that its slot holds another one, or none.
  if (node.time >> tick_shift > tick_) unlink(node);
  release(id.slot);
  return true;
}

void EventQueue::unlink(const Node& node) {
  if (node.next != nil) nodes_[node.next].previous = node.previous;
  if (node.previous != nil) {
    nodes_[node.previous].next = node.next;
    return;
  }
  const Bucket bucket = bucket_of(node.time >> tick_shift);
  heads_[bucket.index()] = node.next;
  if (node.next == nil) mark_empty(bucket);
}

void EventQueue::mark_empty(Bucket bucket) {
  occupied_[bucket.level] &= ~(std::uint64_t{1} << bucket.digit);
  if (occupied_[bucket.level] == 0) busy_levels_ &= ~(1u << bucket.level);
}

/// Moves the wheel to its next bucket in use, if that does not begin after `end`. Lower levels come first in
/// time, and within a level all buckets in use lie ahead of the current digit.
bool EventQueue::turn(SimTime end) {
  if (busy_levels_ == 0 || nanoseconds_of(end) < 0) return false;
  const auto level = static_cast<std::uint32_t>(std::countr_zero(busy_levels_));
  const Bucket bucket{level, static_cast<std::uint32_t>(std::countr_zero(occupied_[level]))};
  const std::uint64_t begin = next_tick(bucket);
  if (begin > static_cast<std::uint64_t>(nanoseconds_of(end)) >> tick_shift) return false;
  tick_ = begin;
  spill(bucket);
  return true;
}

/// Where to turn for a bucket: to its begin; or, if one event is alone in it, right to that event's tick,
/// which saves a sparse queue the way down through the levels.
std::uint64_t EventQueue::next_tick(Bucket bucket) const {
  const Node& first = nodes_.data()[heads_[bucket.index()]];
  if (first.next == nil) return first.time >> tick_shift;
  const std::uint32_t shift = bucket.level * level_bits;
  const std::uint64_t above = tick_ >> shift >> level_bits;
  return (above << level_bits | bucket.digit) << shift;
}

/// Hands a bucket's events to finer levels, or to the heap if they are due in the current tick.
void EventQueue::spill(Bucket bucket) {
  std::uint32_t slot = heads_[bucket.index()];
  heads_[bucket.index()] = nil;
  mark_empty(bucket);
  while (slot != nil) {
    Node& node = nodes_.data()[slot];
    const std::uint32_t next = node.next;
    place(slot, node);
    slot = next;
  }
}

}  // namespace muster
