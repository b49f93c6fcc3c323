// A 4-ary min-heap of event keys: half the depth of a binary heap, and the four children lie in one cache
// line.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/event_key.hpp"

namespace muster {

class KeyHeap {
 public:
  bool empty() const { return keys_.empty(); }
  EventKey top() const { return *keys_.data(); }

  void push(EventKey key) {
    std::size_t hole = keys_.size();
    keys_.push_back(key);
    EventKey* keys = keys_.data();
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (keys[parent] < key) break;
      keys[hole] = keys[parent];
      hole = parent;
    }
    keys[hole] = key;
  }

  void pop() {
    const EventKey last = keys_.data()[keys_.size() - 1];
    keys_.pop_back();
    if (!keys_.empty()) sink(last);
  }

 private:
  /// Moves the hole at the root down until `key` fits. The choice of the least child must compile to
  /// conditional moves: heap order makes a branch there unpredictable.
  void sink(EventKey key) {
    EventKey* keys = keys_.data();
    const std::size_t size = keys_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 4 * hole + 1) {
      const std::size_t end = std::min(child + 4, size);
      std::size_t least = child;
      EventKey value = keys[child];
      for (std::size_t other = child + 1; other < end; ++other) {
        const bool smaller = keys[other] < value;
        least = smaller ? other : least;
        value = smaller ? keys[other] : value;
      }
      if (key < value) break;
      keys[hole] = value;
      hole = least;
    }
    keys[hole] = key;
  }

  std::vector<EventKey> keys_;
};

}  // namespace muster
