// A file system with bytes and inodes, and who uses how much of it. Writing to a full one fails as ENOSPC
// does.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace muster {

struct DiskUse {
  std::int64_t bytes = 0, inodes = 0;
  DiskUse& operator+=(const DiskUse& other);
  DiskUse& operator-=(const DiskUse& other);
  friend bool operator==(const DiskUse&, const DiskUse&) = default;
};

/// Why a write failed.
enum class WriteError : std::uint8_t { none, no_space, no_inodes };

class Disk {
 public:
  /// Called after each change of use, in order of subscription.
  using Observer = std::function<void(const Disk&)>;

  Disk(std::string name, DiskUse capacity) : name_(std::move(name)), capacity_(capacity) {}

  const std::string& name() const { return name_; }
  const DiskUse& capacity() const { return capacity_; }
  const DiskUse& used() const { return used_; }
  DiskUse free() const;

  /// All or nothing. Owners are names as "images/REF", "logs/UID", "emptydir/UID/NAME", "worktree/PATH".
  WriteError write(const std::string& owner, const DiskUse& amount);
  /// As much of it as there is room for; returns what was written. For writers that fill until ENOSPC.
  DiskUse write_some(const std::string& owner, const DiskUse& amount);
  /// At most what the owner has.
  void erase(const std::string& owner, const DiskUse& amount);
  /// All that the owner has; returns it.
  DiskUse erase(const std::string& owner);
  /// All that the owners have whose names begin so.
  void erase_below(const std::string& prefix);
  /// Zero if it has nothing.
  DiskUse used_by(const std::string& owner) const;
  /// Sum over the owners whose names begin so.
  DiskUse used_below(const std::string& prefix) const;
  const std::map<std::string, DiskUse>& owners() const { return owners_; }

  void subscribe(Observer observer) { observers_.push_back(std::move(observer)); }
  /// The sums agree and nothing is negative or above the capacity. Asserts.
  void check_invariants() const;

 private:
  void changed();

  std::string name_;
  DiskUse capacity_, used_;
  std::map<std::string, DiskUse> owners_;
  std::vector<Observer> observers_;
};

}  // namespace muster
