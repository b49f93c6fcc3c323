// Drafts a behaviour profile from manifests: what they say, guesses where they say nothing, and comments that
// name every guess. `muster init`.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"

namespace muster {

struct ProfileDraft {
  std::string text;                ///< YAML
  std::vector<std::string> notes;  ///< what will keep a drill from starting, one sentence each
};

/// `paths`: manifest files, or folders with them. `name` of the system; empty: that of the first workload.
/// Errors: a path that is missing, a manifest that is not taken (file:line:column), none with a workload.
Result<ProfileDraft> draft_profile(const std::vector<std::string>& paths, const std::string& name);

}  // namespace muster
