// Kubernetes manifests as kubectl takes them: every .yaml, .yml and .json file of a folder, documents
// separated by
// "---", and kind: List opened up.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects.hpp"
#include "scenarios/input_files.hpp"
#include "sim/result.hpp"

namespace muster {

/// An object and where its text begins: "systems/x/manifests/app.yaml:3:1".
struct Manifest {
  Object object;
  std::string where;
};

/// Reads the folder `system/manifests`, in order of file names. Objects without a namespace go to "default",
/// as kubectl does it. Errors: file:line:column of the offending field; two objects of one name.
Result<std::vector<Manifest>> read_manifests(const std::string& system_folder, Epoch epoch,
                                             InputFiles& files);

/// One file's text. `file_name` is for messages.
Result<std::vector<Manifest>> parse_manifests(const std::string& text, const std::string& file_name,
                                              Epoch epoch);

/// Error if two objects have one name.
Result<void> refuse_duplicates(const std::vector<Manifest>& manifests);

}  // namespace muster
