// disk/fill: something writes a disk full.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/storage/node_disks.hpp"
#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

/// So much that `used` of the capacity is used, at least nothing.
std::int64_t missing(std::int64_t capacity, std::int64_t used, double share) {
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(static_cast<double>(capacity) * share) - used);
}

Disk* disk_of(World& world, const std::string& node, const std::string& claim) {
  return node.empty() ? world.disks().find_volume(claim) : world.disks().find(node);
}

FaultAction build_disk_fill(MapReader& map, const std::vector<Object>& objects, const std::string& by) {
  const bool has_node = map.node("node") != nullptr;
  const std::string node = has_node ? read_node_name(map, "node", objects) : "";
  const std::string claim = map.text("claim", "");
  if (has_node == !claim.empty()) map.fail("claim", "expected either \"node\" or \"claim\"");
  const double share = map.share("used", 1.0);
  const bool inodes = map.flag("inodes", false);
  const std::string owner = "fault/" + by;
  const auto begin = [=](World& world) {
    Disk* disk = disk_of(world, node, claim);
    if (!disk) return;  // a claim that nobody has mounted yet
    const DiskUse& size = disk->capacity();
    const std::int64_t bytes = inodes ? 0 : missing(size.bytes, disk->used().bytes, share);
    const std::int64_t files = inodes ? missing(size.inodes, disk->used().inodes, share) : 1;
    (void)disk->write_some(owner, {bytes, files});
  };
  const auto end = [=](World& world) {
    if (Disk* disk = disk_of(world, node, claim)) disk->erase(owner);
  };
  return {has_node ? "node " + node : "claim " + claim,
          fmt::format("{} used to {:.0f} %", inodes ? "inodes" : "bytes", share * 100), begin, end};
}

}  // namespace

FaultKind disk_fill_kind() {
  return {"disk/fill",
          "Something writes a node's or a volume's disk full.",
          {{"node", "name of a Node", false, "Whose root file system; or `claim`."},
           {"claim", "namespace/name of a PersistentVolumeClaim", false, "Whose volume; or `node`."},
           {"used", "share", false, "How much is used afterwards; 100% if absent."},
           {"inodes", "true or false", false, "Many small files: inodes run out, bytes do not."}},
          true,
          build_disk_fill};
}

}  // namespace muster
