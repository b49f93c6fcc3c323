// A whole file as bytes.
#pragma once

#include <string>

#include "sim/result.hpp"

namespace muster {

/// Errors: not_found or invalid_input (a directory, unreadable); the message names the file.
Result<std::string> read_file(const std::string& path);

}  // namespace muster
