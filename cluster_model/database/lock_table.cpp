#include "cluster_model/database/lock_table.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {
namespace {

constexpr std::uint32_t bit(LockMode mode) {
  return 1u << static_cast<std::uint32_t>(mode);
}

constexpr std::uint32_t bits() {
  return 0;
}
template <class... Rest>
constexpr std::uint32_t bits(LockMode first, Rest... rest) {
  return bit(first) | bits(rest...);
}

using enum LockMode;

constexpr std::array<std::uint32_t, lock_mode_count> conflicts{
    bits(access_exclusive),
    bits(exclusive, access_exclusive),
    bits(share, share_row_exclusive, exclusive, access_exclusive),
    bits(share_update_exclusive, share, share_row_exclusive, exclusive, access_exclusive),
    bits(row_exclusive, share_update_exclusive, share_row_exclusive, exclusive, access_exclusive),
    bits(row_exclusive, share_update_exclusive, share, share_row_exclusive, exclusive, access_exclusive),
    bits(row_share, row_exclusive, share_update_exclusive, share, share_row_exclusive, exclusive,
         access_exclusive),
    0xFF};

std::uint32_t conflicts_of(LockMode mode) {
  return conflicts[static_cast<std::size_t>(mode)];
}

}  // namespace

bool conflict(LockMode a, LockMode b) {
  return (conflicts_of(a) & bit(b)) != 0;
}

const char* lock_mode_name(LockMode mode) {
  static constexpr std::array<const char*, lock_mode_count> names{
      "AccessShareLock", "RowShareLock",          "RowExclusiveLock", "ShareUpdateExclusiveLock",
      "ShareLock",       "ShareRowExclusiveLock", "ExclusiveLock",    "AccessExclusiveLock"};
  return names[static_cast<std::size_t>(mode)];
}

void LockTable::take(Table& table, LockMode mode) {
  ++table.held[static_cast<std::size_t>(mode)];
  table.held_modes |= bit(mode);
}

bool LockTable::acquire(std::size_t index, LockMode mode, std::uint32_t owner) {
  Table& table = tables_[index];
  std::uint32_t in_the_way = table.held_modes;
  for (const Waiter& waiter : table.queue) in_the_way |= bit(waiter.mode);
  if ((conflicts_of(mode) & in_the_way) == 0) {
    take(table, mode);
    return true;
  }
  table.queue.push_back({owner, mode});
  return false;
}

void LockTable::release(std::size_t index, LockMode mode, std::vector<std::uint32_t>& granted) {
  Table& table = tables_[index];
  std::uint32_t& held = table.held[static_cast<std::size_t>(mode)];
  MUSTER_ASSERT(held > 0, "a lock was given back that nobody held");
  if (--held == 0) table.held_modes &= ~bit(mode);
  if (!table.queue.empty()) grant(table, granted);
}

void LockTable::leave(std::size_t index, std::uint32_t owner, std::vector<std::uint32_t>& granted) {
  Table& table = tables_[index];
  std::erase_if(table.queue, [owner](const Waiter& waiter) { return waiter.owner == owner; });
  if (!table.queue.empty()) grant(table, granted);
}

void LockTable::grant(Table& table, std::vector<std::uint32_t>& granted) {
  std::uint32_t ahead = 0;  // modes of those who still wait further in front
  std::size_t kept = 0;
  for (const Waiter waiter : table.queue) {
    if ((conflicts_of(waiter.mode) & (table.held_modes | ahead)) == 0) {
      take(table, waiter.mode);
      granted.push_back(waiter.owner);
    } else {
      ahead |= bit(waiter.mode);
      table.queue[kept++] = waiter;
    }
  }
  table.queue.resize(kept);
}

std::uint64_t LockTable::held(LockMode mode) const {
  std::uint64_t sum = 0;
  for (const Table& table : tables_) sum += table.held[static_cast<std::size_t>(mode)];
  return sum;
}

}  // namespace muster
