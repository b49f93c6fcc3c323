// Table-level locks of one server: who may hold what together, and who waits behind whom.
// A waiter blocks later ones that conflict with it, as in PostgreSQL: an ALTER TABLE that waits stops the
// readers that come after it (src/backend/storage/lmgr/lock.c, "LockCheckConflicts" and proc.c, "ProcSleep").
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "cluster_model/profile/database.hpp"

namespace muster {

/// PostgreSQL docs, table 13.2 Conflicting Lock Modes.
bool conflict(LockMode a, LockMode b);
/// "AccessShareLock", as pg_locks names it.
const char* lock_mode_name(LockMode mode);

class LockTable {
 public:
  struct Waiter {
    std::uint32_t owner = 0;
    LockMode mode = LockMode::access_share;
  };

  explicit LockTable(std::size_t tables) : tables_(tables) {}

  /// True: `owner` has it now. False: it waits, and will come up in somebody's `granted`.
  bool acquire(std::size_t table, LockMode mode, std::uint32_t owner);
  /// Gives one lock back; owners that get theirs by it are appended to `granted` in order.
  void release(std::size_t table, LockMode mode, std::vector<std::uint32_t>& granted);
  /// A waiter gives up.
  void leave(std::size_t table, std::uint32_t owner, std::vector<std::uint32_t>& granted);

  const std::vector<Waiter>& waiters(std::size_t table) const { return tables_[table].queue; }
  std::uint32_t held(std::size_t table, LockMode mode) const {
    return tables_[table].held[static_cast<std::size_t>(mode)];
  }
  /// Held locks of a mode over all tables.
  std::uint64_t held(LockMode mode) const;
  std::size_t tables() const { return tables_.size(); }

 private:
  struct Table {
    std::array<std::uint32_t, lock_mode_count> held{};
    std::uint32_t held_modes = 0;  // bit per mode that somebody holds
    std::vector<Waiter> queue;
  };
  static void take(Table& table, LockMode mode);
  static void grant(Table& table, std::vector<std::uint32_t>& granted);

  std::vector<Table> tables_;
};

}  // namespace muster
