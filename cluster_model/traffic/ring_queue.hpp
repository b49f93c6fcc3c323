// A first-in-first-out queue in one array that wraps around. It grows to the largest length ever seen and
// never shrinks, so that a queue in steady use allocates nothing.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/assert.hpp"

namespace muster {

template <class T>
class RingQueue {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  void push(const T& value) {
    if (size_ == slots_.size()) grow();
    slots_[(head_ + size_) & (slots_.size() - 1)] = value;
    ++size_;
  }

  const T& front() const {
    MUSTER_ASSERT(size_ > 0, "an empty queue has no front");
    return slots_[head_];
  }

  /// The youngest element.
  T& back() {
    MUSTER_ASSERT(size_ > 0, "an empty queue has no back");
    return slots_[(head_ + size_ - 1) & (slots_.size() - 1)];
  }

  T pop() {
    const T value = front();
    head_ = (head_ + 1) & (slots_.size() - 1);
    --size_;
    return value;
  }

  /// The element `position` places behind the front.
  const T& at(std::size_t position) const {
    MUSTER_ASSERT(position < size_, "a queue was read behind its end");
    return slots_[(head_ + position) & (slots_.size() - 1)];
  }

 private:
  void grow() {
    std::vector<T> larger(slots_.empty() ? 16 : slots_.size() * 2);
    for (std::size_t i = 0; i < size_; ++i) larger[i] = at(i);
    slots_ = std::move(larger);
    head_ = 0;
  }

  std::vector<T> slots_;  // a power of two, so that wrapping is a mask
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

}  // namespace muster
