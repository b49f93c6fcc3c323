// Plain structs in one array, reused through a free list. T has a member `generation`, which names one use of
// a slot for ever.
#pragma once

#include <cstdint>
#include <vector>

namespace muster {
inline namespace postgres {  // short names of this folder alone

template <class T>
class Slots {
 public:
  std::uint32_t take() {
    if (free_.empty()) {
      slots_.emplace_back();
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    return slot;
  }

  /// The slot becomes a fresh T of the next generation.
  void release(std::uint32_t slot) {
    const std::uint32_t generation = slots_[slot].generation + 1;
    slots_[slot] = T{};
    slots_[slot].generation = generation;
    free_.push_back(slot);
  }

  T& operator[](std::uint32_t slot) { return slots_[slot]; }
  const T& operator[](std::uint32_t slot) const { return slots_[slot]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(slots_.size()); }
  std::uint32_t taken() const { return size() - static_cast<std::uint32_t>(free_.size()); }

 private:
  std::vector<T> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace postgres
}  // namespace muster
