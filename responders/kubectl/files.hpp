// The objects in a file of the evidence folder, for -f.
#pragma once

#include "responders/kubectl/targets.hpp"

namespace muster {

/// Objects of the file, without an API call: type, namespace (the object's own, or the call's), name and the
/// object. Error: kubectl's text.
Result<std::vector<Target>> read_objects(KubectlCall& call, const std::string& file);
/// Of every -f; what is wrong is printed.
std::vector<Target> objects_of_flags(KubectlCall& call);
/// Nothing but -f is given, with an -o that is known; else what is wrong is printed.
bool takes_only_files(KubectlCall& call);
/// The file as errors name it: STDIN for "-".
std::string name_of_file(const KubectlCall& call);

}  // namespace muster
