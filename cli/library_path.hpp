// Where the shipped scenarios are: beside the current folder, or above the program (build/release/muster).
#pragma once

#include <string>

namespace muster::cli {

/// The folder scenarios/library, or "" if there is none near.
std::string library_path();
/// The folder of the shipped playbooks likewise.
std::string playbook_library_path();
/// `given` if it is a path; a bare word such as "bad-deploy" is looked up in the library.
std::string scenario_path(const std::string& given);

}  // namespace muster::cli
