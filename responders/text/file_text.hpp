// The text of a file that a responder is made from.
#pragma once

#include <string>

#include "sim/result.hpp"

namespace muster {

/// `usage` is how the spec is written ("playbook:FILE.yaml"), `what` the kind of file it names. Errors: no
/// name, no such file, a directory, unreadable.
Result<std::string> read_file_text(const std::string& path, const char* usage, const char* what);

}  // namespace muster
