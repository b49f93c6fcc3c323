// File systems: who uses what, and what happens when they are full.
#include "cluster_model/storage/disk.hpp"

#include <gtest/gtest.h>

#include "cluster_model/storage/node_disks.hpp"
#include "sim/assert.hpp"

namespace muster {
namespace {

TEST(Disks, AWriteIsAllOrNothing) {
  Disk disk("d", {1000, 10});
  EXPECT_EQ(disk.write("a", {600, 1}), WriteError::none);
  EXPECT_EQ(disk.write("b", {401, 1}), WriteError::no_space);
  EXPECT_EQ(disk.write("b", {400, 10}), WriteError::no_inodes) << "bytes look fine, inodes are out";
  EXPECT_EQ(disk.write("b", {400, 9}), WriteError::none);
  EXPECT_EQ(disk.free(), DiskUse{});
  EXPECT_EQ(disk.write_some("c", {5, 5}), DiskUse{});
  disk.check_invariants();
}

TEST(Disks, ErasingGivesBackWhatTheOwnerHas) {
  Disk disk("d", {1000, 10});
  int changes = 0;
  disk.subscribe([&](const Disk&) { ++changes; });
  EXPECT_EQ(disk.write_some("w/1", {700, 3}), (DiskUse{700, 3}));
  EXPECT_EQ(disk.write_some("w/2", {700, 3}), (DiskUse{300, 3}));
  EXPECT_EQ(disk.used_below("w/"), (DiskUse{1000, 6}));
  disk.erase("w/1", {100, 0});
  EXPECT_EQ(disk.used_by("w/1"), (DiskUse{600, 3}));
  EXPECT_EQ(disk.erase("w/1"), (DiskUse{600, 3}));
  EXPECT_EQ(disk.erase("nobody"), DiskUse{});
  EXPECT_EQ(disk.free(), (DiskUse{700, 7}));
  EXPECT_EQ(changes, 4);
  disk.check_invariants();
}

TEST(Disks, NodesHoldTheImagesThatTheyList) {
  ObjectStore store;
  DiskProfile profile;
  NodeDisks disks(store, profile,
                  [](const std::string& image) { return image == "big:1" ? 5'000'000 : 1'000'000; });
  Object node;
  node.api_version = "v1";
  node.kind = "Node";
  node.meta.name = "node-1";
  Node body;
  body.images = {"big:1", "small:1"};
  node.body = body;
  MUSTER_ASSERT(store.create(node).has_value(), "created");
  const Disk* disk = disks.find("node-1");
  ASSERT_NE(disk, nullptr);
  EXPECT_EQ(disk->used().bytes, profile.system_bytes + 6'000'000);
  node.as<Node>().images = {"small:1"};
  MUSTER_ASSERT(store.update(node, true).has_value(), "updated");
  EXPECT_EQ(disk->used().bytes, profile.system_bytes + 1'000'000);
  EXPECT_EQ(disks.volume("prod/data", 16'384'000).capacity(), (DiskUse{16'384'000, 1000}));
  disks.check_invariants();
}

}  // namespace
}  // namespace muster
