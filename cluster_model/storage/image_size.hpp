// How much room an image takes on a node.
#pragma once

#include <cstdint>
#include <string>

#include "cluster_model/profile.hpp"

namespace muster {

/// Bytes, as the profile's first application that knows the image says, else defaults::image_bytes.
std::int64_t image_bytes(const SystemProfile& profile, const std::string& image);
/// Files in an image of so many bytes: one per 32 KiB (our assumption, near that of language runtimes'
/// images).
inline std::int64_t image_inodes(std::int64_t bytes) {
  return bytes / 32'768;
}

}  // namespace muster
