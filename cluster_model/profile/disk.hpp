// Sizes of file systems.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace muster {

struct DiskProfile {
  /// Each node's root file system, which holds images, logs, emptyDir volumes: 100 GB with 6.4 million inodes
  /// (ext4's default of one inode per 16 KiB, e2fsprogs mke2fs.conf).
  std::int64_t node_bytes = 100'000'000'000;
  std::int64_t node_inodes = 6'400'000;
  /// The operating system's own part of it; our assumption.
  std::int64_t system_bytes = 8'000'000'000;
  std::int64_t system_inodes = 200'000;
  /// Inodes per volume byte, as above.
  std::int64_t bytes_per_inode = 16'384;
};

}  // namespace muster
