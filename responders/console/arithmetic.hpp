// The shell's arithmetic: $((...)) and ((...)), as in C with 64 bits (POSIX.1-2017, XCU 2.6.4; bash's **
// too).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sim/result.hpp"

namespace muster {

using ShellVariables = std::map<std::string, std::string>;

/// Assignments in `expression` change `variables`; what is not set is 0. An empty expression is 0. Error:
/// bash's text.
Result<std::int64_t> evaluate_arithmetic(std::string_view expression, ShellVariables& variables);

}  // namespace muster
