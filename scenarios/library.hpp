// What scenarios there are, for `muster list`.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"

namespace muster {

struct ScenarioEntry {
  std::string path;  ///< of the file
  std::string name, title, summary;
};

/// The scenarios in a folder, by name; only their heads are read. Errors: invalid_input if the folder is
/// missing or a .yaml file in it is no scenario.
Result<std::vector<ScenarioEntry>> list_scenarios(const std::string& folder);

}  // namespace muster
