// POSIX expressions over RE2: basic ones are rewritten to extended ones (POSIX.1-2017, XBD 9.3 and 9.4).
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace muster {

/// In a basic expression + ? | ( ) { } are literal unless escaped; in an extended one the other way round.
std::string basic_to_extended(std::string_view text);
/// To be asked for ok() before use.
std::unique_ptr<re2::RE2> compile_expression(const std::string& pattern, bool extended, bool ignore_case);

}  // namespace muster
