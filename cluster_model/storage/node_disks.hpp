// The world's file systems: one root file system (nodefs) per node, and one per volume that a claim backs.
// Follows the store: nodes bring their disks and images, pods their volumes.
#pragma once

#include <memory>
#include <string>

#include "cluster_model/objects.hpp"
#include "cluster_model/profile/disk.hpp"
#include "cluster_model/storage/disk.hpp"
#include "cluster_model/store.hpp"

namespace muster {

/// A directory of a container: the disk it lies on, and the owner that its content counts for.
struct Place {
  Disk* disk = nullptr;  ///< null: no such place
  std::string owner;
};

class NodeDisks {
 public:
  using ImageSize = std::function<std::int64_t(const std::string& image)>;

  /// `size_of` an image in bytes, unpacked. Both outlive it.
  NodeDisks(ObjectStore& store, const DiskProfile& profile, ImageSize size_of);
  ~NodeDisks();

  /// The node's root file system, or null if there is no such node.
  Disk* find(const std::string& node) const;
  /// The disk of a claim "NAMESPACE/NAME"; made with the size that the claim asks for (or `bytes_if_new`).
  Disk& volume(const std::string& claim, std::int64_t bytes_if_new = 10'000'000'000);
  Disk* find_volume(const std::string& claim) const;

  /// Owner names, so that all use the same.
  static std::string image_owner(const std::string& image) { return "images/" + image; }
  static std::string log_owner(const std::string& pod_uid) { return "logs/" + pod_uid; }
  static std::string empty_dir_owner(const std::string& pod_uid) { return "emptydir/" + pod_uid; }
  static std::string layer_owner(const std::string& pod_uid) { return "layer/" + pod_uid; }

  const std::map<std::string, std::unique_ptr<Disk>>& nodes() const { return nodes_; }
  const std::map<std::string, std::unique_ptr<Disk>>& volumes() const { return volumes_; }
  void check_invariants() const;

 private:
  void follow(const Change& change);
  void follow_node(const Object& node);
  void forget_pod(const Object& pod);

  ObjectStore& store_;
  const DiskProfile& profile_;
  ImageSize size_of_;
  std::map<std::string, std::unique_ptr<Disk>> nodes_;    // [node]
  std::map<std::string, std::unique_ptr<Disk>> volumes_;  // [namespace/claim]
};

}  // namespace muster
