#include "cluster_model/storage/disk.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace muster {

DiskUse& DiskUse::operator+=(const DiskUse& other) {
  bytes += other.bytes;
  inodes += other.inodes;
  return *this;
}

DiskUse& DiskUse::operator-=(const DiskUse& other) {
  bytes -= other.bytes;
  inodes -= other.inodes;
  return *this;
}

DiskUse Disk::free() const {
  DiskUse left = capacity_;
  return left -= used_;
}

WriteError Disk::write(const std::string& owner, const DiskUse& amount) {
  const DiskUse left = free();
  if (amount.bytes > left.bytes) return WriteError::no_space;
  if (amount.inodes > left.inodes) return WriteError::no_inodes;
  (void)write_some(owner, amount);
  return WriteError::none;
}

DiskUse Disk::write_some(const std::string& owner, const DiskUse& amount) {
  MUSTER_ASSERT(amount.bytes >= 0 && amount.inodes >= 0, "a negative amount was written");
  const DiskUse left = free();
  const DiskUse written{std::min(amount.bytes, left.bytes), std::min(amount.inodes, left.inodes)};
  if (written == DiskUse{}) return written;
  owners_[owner] += written;
  used_ += written;
  changed();
  return written;
}

void Disk::erase(const std::string& owner, const DiskUse& amount) {
  const auto found = owners_.find(owner);
  if (found == owners_.end()) return;
  const DiskUse gone{std::min(amount.bytes, found->second.bytes),
                     std::min(amount.inodes, found->second.inodes)};
  used_ -= gone;
  if ((found->second -= gone) == DiskUse{}) owners_.erase(found);
  changed();
}

DiskUse Disk::erase(const std::string& owner) {
  const DiskUse all = used_by(owner);
  erase(owner, all);
  return all;
}

void Disk::erase_below(const std::string& prefix) {
  auto at = owners_.lower_bound(prefix);
  const auto from = at;
  for (; at != owners_.end() && at->first.starts_with(prefix); ++at) used_ -= at->second;
  if (from == at) return;
  owners_.erase(from, at);
  changed();
}

DiskUse Disk::used_by(const std::string& owner) const {
  const auto found = owners_.find(owner);
  return found == owners_.end() ? DiskUse{} : found->second;
}

DiskUse Disk::used_below(const std::string& prefix) const {
  DiskUse sum;
  for (auto at = owners_.lower_bound(prefix); at != owners_.end() && at->first.starts_with(prefix); ++at)
    sum += at->second;
  return sum;
}

void Disk::changed() {
  for (const Observer& observer : observers_) observer(*this);
}

void Disk::check_invariants() const {
  DiskUse sum;
  for (const auto& [owner, use] : owners_) {
    MUSTER_ASSERT(use.bytes >= 0 && use.inodes >= 0, "an owner uses less than nothing");
    sum += use;
  }
  MUSTER_ASSERT(sum == used_, "a disk's use is not the sum of its owners'");
  MUSTER_ASSERT(used_.bytes <= capacity_.bytes && used_.inodes <= capacity_.inodes, "a disk is overfull");
}

}  // namespace muster
