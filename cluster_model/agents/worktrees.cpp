#include "cluster_model/agents/worktrees.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/random.hpp"

namespace muster {

namespace {

constexpr int removal_steps = 10;
constexpr double removal_least = 5, removal_most = 30;  // seconds per GB

std::string no_room(const std::string& path) {
  return fmt::format("fatal: could not create work tree dir '{}': No space left on device", path);
}

}  // namespace

WorktreePlace& Worktrees::place(const std::string& name, Disk& disk, const std::string& owner) {
  const auto [found, fresh] = places_.try_emplace(name);
  WorktreePlace& place = found->second;
  if (fresh) place.name = name, place.owner = owner, place.disk = &disk;
  return place;
}

WorktreePlace* Worktrees::find(const std::string& place) {
  const auto found = places_.find(place);
  return found == places_.end() ? nullptr : &found->second;
}

void Worktrees::forget(const std::string& place) {
  WorktreePlace* known = find(place);
  if (!known) return;
  for (const auto& [path, tree] : known->trees) known->disk->erase(tree.owner);
  known->disk->erase(owner_of(*known, known->repository));
  places_.erase(place);
  std::erase_if(removing_, [&](const auto& removal) { return removal.second.place == place; });
}

std::string Worktrees::owner_of(const WorktreePlace& place, const std::string& path) const {
  return place.owner + path;
}

bool Worktrees::add_repository(WorktreePlace& place, const std::string& path, const DiskUse& use) {
  place.repository = path;
  const std::string owner = owner_of(place, path);
  place.has_repository = place.disk->write(owner, use) == WriteError::none;
  return place.has_repository;
}

std::string Worktrees::add(WorktreePlace& place, const std::string& path, const DiskUse& use) {
  if (!place.has_repository) return fmt::format("fatal: not a git repository: '{}'", place.repository);
  const auto known = place.trees.find(path);
  if (known != place.trees.end() && known->second.being_removed)
    return fmt::format("fatal: '{}' already exists", path);
  if (known != place.trees.end() && known->second.directory) return enter(place, path);
  const std::string owner = owner_of(place, path);
  const DiskUse room = place.disk->free();
  if (room.bytes <= 0 || room.inodes <= 0) return no_room(path);
  if (place.disk->write(owner, use) != WriteError::none) {
    // git takes away what it had written (builtin/worktree.c, remove_junk).
    return fmt::format("error: unable to write file: No space left on device\n{}", no_room(path));
  }
  Worktree tree;
  tree.path = path;
  tree.owner = owner;
  tree.users = 1;
  place.trees[path] = tree;
  return {};
}

std::string Worktrees::enter(WorktreePlace& place, const std::string& path) {
  Worktree& tree = place.trees.at(path);
  if (tree.locked || tree.users > 0) {
    const std::string name = path.substr(path.rfind('/') + 1);
    return fmt::format("fatal: Unable to create '{}/worktrees/{}/index.lock': File exists.", place.repository,
                       name);
  }
  ++tree.users;
  return {};
}

void Worktrees::leave(WorktreePlace& place, const std::string& path) {
  const auto found = place.trees.find(path);
  if (found != place.trees.end() && found->second.users > 0) --found->second.users;
}

bool Worktrees::grow(WorktreePlace& place, const std::string& path, const DiskUse& use) {
  const auto found = place.trees.find(path);
  if (found == place.trees.end() || !found->second.directory) return false;
  return place.disk->write(found->second.owner, use) == WriteError::none;
}

void Worktrees::release(WorktreePlace& place, const std::string& path) {
  const auto found = place.trees.find(path);
  if (found == place.trees.end()) return;
  place.disk->erase(found->second.owner);
  place.trees.erase(found);
}

SimDuration Worktrees::remove(WorktreePlace& place, const std::string& path, bool record) {
  const bool whole_store = path == place.repository && place.has_repository;
  const auto tree = place.trees.find(path);
  const bool there = tree != place.trees.end() && tree->second.directory && !tree->second.being_removed;
  if (!whole_store && !there) return 0s;
  if (whole_store) place.has_repository = false;
  if (there) {
    tree->second.being_removed = true;
    tree->second.directory = false;
    tree->second.locked = false;
    tree->second.recorded = tree->second.recorded && !record;
  }
  const std::string owner = owner_of(place, path);
  const DiskUse all = place.disk->used_by(owner);
  const double u = unit_interval(RandomStream(seed_, "worktree" + path, "removal").at(removals_));
  const double rate = removal_least + (removal_most - removal_least) * u;
  const SimDuration takes = duration_from_seconds(rate * static_cast<double>(all.bytes) / 1e9);
  const DiskUse step{all.bytes / removal_steps + 1, all.inodes / removal_steps + 1};
  removing_[++removals_] = {place.name, owner, path, step, removal_steps, takes / removal_steps, record};
  engine_.schedule_in(takes / removal_steps, Lane::model, [this, number = removals_] { this->step(number); });
  if (gone_) gone_(place, path);
  return takes;
}

void Worktrees::step(std::uint64_t number) {
  const auto found = removing_.find(number);
  if (found == removing_.end()) return;
  Removal& removal = found->second;
  WorktreePlace& place = places_.at(removal.place);
  place.disk->erase(removal.owner, removal.step);
  if (--removal.left > 0) {
    engine_.schedule_in(removal.pause, Lane::model, [this, number] { step(number); });
    return;
  }
  place.disk->erase(removal.owner);
  const auto tree = place.trees.find(removal.path);
  if (tree != place.trees.end()) tree->second.being_removed = false;
  if (tree != place.trees.end() && !tree->second.recorded) place.trees.erase(tree);
  removing_.erase(found);
}

int Worktrees::prune(WorktreePlace& place) {
  return static_cast<int>(std::erase_if(place.trees, [](const auto& entry) {
    return entry.second.recorded && !entry.second.directory && !entry.second.being_removed;
  }));
}

}  // namespace muster
