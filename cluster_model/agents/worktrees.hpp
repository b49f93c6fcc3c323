// Git worktrees on the disks: which exist, who works in them, what they cost. A worktree needs the object
// store of its place; its directory and git's record of it are two things, so one can be there without the
// other.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/storage/disk.hpp"
#include "sim/engine.hpp"

namespace muster {

struct Worktree {
  std::string path;       ///< "/srv/trees/reviewer-17"
  std::string owner;      ///< of its bytes on the disk
  bool directory = true;  ///< it is there; git's record may outlive it ("prunable")
  bool recorded = true;   ///< git knows it; `git worktree list` shows it
  bool locked = false;    ///< index.lock lies in it though nobody holds it
  int users = 0;          ///< processes that work in it now
  bool being_removed = false;
};

/// A directory that several containers may share: a volume or a directory of a node.
struct WorktreePlace {
  std::string name;   ///< "pod/UID", "claim/NS/NAME", "node/NAME/PATH"
  std::string owner;  ///< prefix of its owners' names on the disk
  Disk* disk = nullptr;
  std::string repository;  ///< path of the shared object store
  bool has_repository = false;
  std::map<std::string, Worktree> trees;  ///< [path]
};

/// What happens to a worktree under the feet of those who work in it.
using WorktreeGone = std::function<void(const WorktreePlace&, const std::string& path)>;

class Worktrees {
 public:
  Worktrees(Engine& engine, std::uint64_t seed) : engine_(engine), seed_(seed) {}

  /// Makes the place on first use.
  WorktreePlace& place(const std::string& name, Disk& disk, const std::string& owner);
  WorktreePlace* find(const std::string& place);
  const std::map<std::string, WorktreePlace>& places() const { return places_; }  ///< [name]
  /// The place and everything in it is gone (an emptyDir with its pod).
  void forget(const std::string& place);

  /// Bytes for the object store; false if there is no room.
  bool add_repository(WorktreePlace& place, const std::string& path, const DiskUse& use);
  /// `git worktree add`: empty, or git's words. Writes `use`.
  std::string add(WorktreePlace& place, const std::string& path, const DiskUse& use);
  /// Somebody begins to work in a worktree that is there already: empty, or git's words.
  std::string enter(WorktreePlace& place, const std::string& path);
  void leave(WorktreePlace& place, const std::string& path);
  /// Build outputs; false: no space left.
  bool grow(WorktreePlace& place, const std::string& path, const DiskUse& use);
  /// The clean end: directory and record go at once.
  void release(WorktreePlace& place, const std::string& path);

  /// Deletes a directory (a worktree, or the object store) in the background: 5 to 30 s per GB (our
  /// assumption for many small files). Those who work in it notice at once. Returns how long it takes;
  /// `record` too = what `git worktree remove` does. Zero if there is no such directory.
  SimDuration remove(WorktreePlace& place, const std::string& path, bool record);
  /// `git worktree prune`: drops records without a directory.
  int prune(WorktreePlace& place);

  void on_gone(WorktreeGone gone) { gone_ = std::move(gone); }

 private:
  std::string owner_of(const WorktreePlace& place, const std::string& path) const;

  Engine& engine_;
  std::uint64_t seed_;
  std::map<std::string, WorktreePlace> places_;
  std::uint64_t removals_ = 0;
  struct Removal {
    std::string place, owner, path;
    DiskUse step;
    int left = 0;
    SimDuration pause{};
    bool record = false;
  };
  std::map<std::uint64_t, Removal> removing_;
  void step(std::uint64_t removal);
  WorktreeGone gone_;
};

}  // namespace muster
