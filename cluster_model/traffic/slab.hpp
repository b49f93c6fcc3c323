// Plain structs in one chunked array, reused through a free list: nothing is allocated in steady use, and a
// reference stays good while others are taken. A (slot, generation) pair names one element for ever.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace muster {

inline constexpr std::uint32_t no_slot = UINT32_MAX;

/// T has a member `generation`, which is the slab's.
template <class T>
class Slab {
 public:
  std::uint32_t take() {
    if (free_.empty()) {
      if ((size_ & (chunk - 1)) == 0) chunks_.push_back(std::make_unique<T[]>(chunk));
      return size_++;
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void release(std::uint32_t slot) {
    ++(*this)[slot].generation;
    free_.push_back(slot);
  }

  // Past the library's bounds checks: this is where the time of the request path goes.
  T& operator[](std::uint32_t slot) { return chunks_.data()[slot >> chunk_bits].get()[slot & (chunk - 1)]; }
  const T& operator[](std::uint32_t slot) const {
    return chunks_.data()[slot >> chunk_bits].get()[slot & (chunk - 1)];
  }
  /// Null if that element has been released.
  T* find(std::uint32_t slot, std::uint32_t generation) {
    if (slot >= size_) return nullptr;
    T& element = (*this)[slot];
    return element.generation == generation ? &element : nullptr;
  }
  std::uint32_t size() const { return size_; }
  std::uint32_t taken() const { return size_ - static_cast<std::uint32_t>(free_.size()); }

 private:
  static constexpr int chunk_bits = 10;
  static constexpr std::uint32_t chunk = 1u << chunk_bits;

  std::vector<std::unique_ptr<T[]>> chunks_;
  std::vector<std::uint32_t> free_;
  std::uint32_t size_ = 0;
};

}  // namespace muster
