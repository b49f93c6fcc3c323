// Reads a behaviour profile from YAML. Every key: docs/profile.md.
#pragma once

#include <map>
#include <string>

#include "cluster_model/profile.hpp"
#include "sim/result.hpp"

namespace muster {

/// A profile, and where its parts stand in the file, for what can be checked only against the manifests.
/// Keys: "services.0.kubernetesService", "apps.1.workload", "apps.1.config.LOG_LEVEL".
struct ProfileFile {
  SystemProfile profile;
  std::map<std::string, std::string> places;
};

/// Error: invalid_input at file:line:column.
Result<ProfileFile> parse_profile(const std::string& text, const std::string& file_name);

}  // namespace muster
