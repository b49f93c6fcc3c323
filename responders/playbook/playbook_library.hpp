// The shipped playbooks.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"

namespace muster {

struct PlaybookEntry {
  std::string name;     ///< of the file without .yaml: "bad-deploy.good"
  std::string quality;  ///< "good", "naive", "harmful", or empty
  std::string summary;
  std::vector<std::string> drills;
};

/// Those of a folder, sorted by name. Error: one of them cannot be read.
Result<std::vector<PlaybookEntry>> list_playbooks(const std::string& folder);

}  // namespace muster
