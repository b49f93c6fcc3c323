// Whether the console would take a line, without running it: its grammar, its commands, kubectl's commands
// and their flags.
#pragma once

#include <string_view>

#include "sim/result.hpp"

namespace muster {

/// Error: what is wrong, with the nearest valid word where there is one. What depends on the cluster (names,
/// types of objects) is not looked at.
Result<void> check_command_line(std::string_view text);

}  // namespace muster
