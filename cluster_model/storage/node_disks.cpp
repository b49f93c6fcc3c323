#include "cluster_model/storage/node_disks.hpp"

#include <algorithm>

#include "cluster_model/storage/image_size.hpp"
#include "sim/assert.hpp"

namespace muster {

namespace {

bool lists(const std::vector<std::string>& images, const std::string& image) {
  return std::find(images.begin(), images.end(), image) != images.end();
}

}  // namespace

NodeDisks::NodeDisks(ObjectStore& store, const DiskProfile& profile, ImageSize size_of)
    : store_(store), profile_(profile), size_of_(std::move(size_of)) {
  store_.subscribe([this](const Change& change) { follow(change); });
}

NodeDisks::~NodeDisks() = default;

Disk* NodeDisks::find(const std::string& node) const {
  const auto found = nodes_.find(node);
  return found == nodes_.end() ? nullptr : found->second.get();
}

Disk* NodeDisks::find_volume(const std::string& claim) const {
  const auto found = volumes_.find(claim);
  return found == volumes_.end() ? nullptr : found->second.get();
}

Disk& NodeDisks::volume(const std::string& claim, std::int64_t bytes_if_new) {
  std::unique_ptr<Disk>& disk = volumes_[claim];
  if (!disk) {
    const DiskUse size{bytes_if_new, bytes_if_new / profile_.bytes_per_inode};
    disk = std::make_unique<Disk>("volume/" + claim, size);
  }
  return *disk;
}

void NodeDisks::follow(const Change& change) {
  const Kind kind = change.after->key().kind;
  if (kind == Kind::Node && change.type != Change::Type::deleted) follow_node(*change.after);
  if (kind == Kind::Pod && change.type == Change::Type::deleted) forget_pod(*change.after);
}

/// Makes the disk hold those images that the node lists, and no others.
void NodeDisks::follow_node(const Object& node) {
  std::unique_ptr<Disk>& disk = nodes_[node.meta.name];
  if (!disk) {
    disk =
        std::make_unique<Disk>("node/" + node.meta.name, DiskUse{profile_.node_bytes, profile_.node_inodes});
    (void)disk->write_some("system", {profile_.system_bytes, profile_.system_inodes});
  }
  const std::vector<std::string>& images = node.as<Node>().images;
  const std::string prefix = image_owner({});
  std::vector<std::string> gone;
  for (auto at = disk->owners().lower_bound(prefix);
       at != disk->owners().end() && at->first.starts_with(prefix); ++at) {
    if (!lists(images, at->first.substr(prefix.size()))) gone.push_back(at->first);
  }
  for (const std::string& owner : gone) disk->erase(owner);
  for (const std::string& image : images) {
    const std::string owner = image_owner(image);
    if (disk->used_by(owner) != DiskUse{}) continue;
    const std::int64_t bytes = size_of_(image);
    (void)disk->write_some(owner, {bytes, image_inodes(bytes)});
  }
}

/// What lives as long as its pod: logs, emptyDir volumes, writable layers.
void NodeDisks::forget_pod(const Object& pod) {
  Disk* disk = find(pod.as<Pod>().spec.node_name);
  if (!disk) return;
  for (const std::string& owner :
       {log_owner(pod.meta.uid), empty_dir_owner(pod.meta.uid), layer_owner(pod.meta.uid)}) {
    disk->erase_below(owner);
  }
}

void NodeDisks::check_invariants() const {
  for (const auto& [node, disk] : nodes_) disk->check_invariants();
  for (const auto& [claim, disk] : volumes_) disk->check_invariants();
}

}  // namespace muster
