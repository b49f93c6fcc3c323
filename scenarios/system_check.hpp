// What can be checked only with the profile and the manifests side by side.
#pragma once

#include <vector>

#include "scenarios/manifest_files.hpp"
#include "scenarios/profile_file.hpp"
#include "sim/result.hpp"

namespace muster {

/// Error: invalid_input at the place of the wrong name, with the nearest right one. Checked:
/// services and workloads of the profile exist; containers exist; the image each starts with has a behaviour;
/// a Service finds a workload; ConfigMaps and Secrets that containers need exist; the settings that the
/// manifests give pass the profile's config rules (a drill begins with a healthy system).
Result<void> check_system(const ProfileFile& profile, const std::vector<Manifest>& manifests);

}  // namespace muster
