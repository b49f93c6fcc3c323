// A line of the journal back as a record. Strict: what the writer would not have written is an error.
#pragma once

#include <string_view>

#include "journal/record.hpp"
#include "sim/result.hpp"

namespace muster {

/// Reads one line without its newline. The hash is not looked at. Error: invalid_input, a message that
/// follows "record 17 ..." ("has an unknown field \"colour\""), without `where`.
Result<Record> parse_record(std::string_view line);

}  // namespace muster
