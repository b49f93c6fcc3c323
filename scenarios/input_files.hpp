// Reads what a scenario is made from and keeps a copy of each file, so that a drill directory can be run
// again without the machine it came from.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace muster {

/// Of one input file. Runbooks are the longest; YAML is bounded further by telemetry/yaml.hpp.
inline constexpr std::size_t input_file_max_bytes = 1024 * 1024;

/// Whole text of a file. Error: invalid_input that says whether it is missing, a folder, unreadable or too
/// large, with the nearest name in the same folder.
Result<std::string> read_input_file(const std::string& path);

/// Files below `folder` with one of the extensions (".yaml"), as paths relative to it, sorted; with `deep` in
/// folders below it too. A missing folder is empty.
std::vector<std::string> files_below(const std::string& folder, const std::vector<std::string>& extensions,
                                     bool deep);

/// Names of the folders in `folder`, sorted.
std::vector<std::string> folders_in(const std::string& folder);

/// Collects copies under the names they will have in a drill directory's inputs/.
class InputFiles {
 public:
  /// Reads `path` and keeps the text as `name`.
  Result<std::string> take(const std::string& path, const std::string& name);
  /// Sorted by name.
  std::vector<ScenarioFile> release();

 private:
  std::vector<ScenarioFile> files_;
};

/// Path of `name` in `folder`, without "." and "..".
std::string join_path(const std::string& folder, const std::string& name);
/// The folder a file lies in: "." for a bare name.
std::string folder_of(const std::string& path);
bool is_folder(const std::string& path);
bool is_file(const std::string& path);

}  // namespace muster
