// From a caller's token to our slot: open addressing with linear probing, no allocation once it has grown.
#pragma once

#include <cstdint>
#include <vector>

namespace muster {
inline namespace postgres {  // short names of this folder alone

class TokenMap {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  TokenMap() : entries_(64) {}

  void insert(std::uint64_t token, std::uint32_t slot) {
    if (2 * (size_ + 1) > entries_.size()) grow();
    place({token, slot});
    ++size_;
  }

  std::uint32_t find(std::uint64_t token) const {
    for (std::size_t i = home(token); entries_[i].slot != none; i = next(i))
      if (entries_[i].token == token) return entries_[i].slot;
    return none;
  }

  void erase(std::uint64_t token) {
    std::size_t hole = home(token);
    while (entries_[hole].token != token || entries_[hole].slot == none) {
      if (entries_[hole].slot == none) return;
      hole = next(hole);
    }
    // Later entries of the same run move up, so that no search stops at the hole.
    for (std::size_t i = next(hole); entries_[i].slot != none; i = next(i)) {
      const std::size_t from_home = (i - home(entries_[i].token)) & mask();
      if (from_home < ((i - hole) & mask())) continue;
      entries_[hole] = entries_[i];
      hole = i;
    }
    entries_[hole].slot = none;
    --size_;
  }

  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::uint64_t token = 0;
    std::uint32_t slot = none;
  };
  std::size_t mask() const { return entries_.size() - 1; }
  std::size_t next(std::size_t i) const { return (i + 1) & mask(); }
  // Fibonacci hashing: the high bits of token * 2^64 / golden ratio.
  std::size_t home(std::uint64_t token) const { return ((token * 0x9E3779B97F4A7C15u) >> 32) & mask(); }
  void place(Entry entry) {
    std::size_t i = home(entry.token);
    while (entries_[i].slot != none) i = next(i);
    entries_[i] = entry;
  }
  void grow() {
    std::vector<Entry> old(entries_.size() * 2);
    old.swap(entries_);
    for (const Entry& entry : old)
      if (entry.slot != none) place(entry);
  }

  std::vector<Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace postgres
}  // namespace muster
