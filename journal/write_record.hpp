// A record as its line of the journal, up to the hash.
#pragma once

#include <string_view>

#include "journal/line_builder.hpp"
#include "journal/record.hpp"

namespace muster {

/// What follows the hashed part of a line: `,"hash":"` + 64 hex digits + `"}`.
inline constexpr std::string_view hash_opening = ",\"hash\":\"";
inline constexpr std::string_view hash_closing = "\"}";

/// Builds the line's part that is hashed: `{"n":..,"t":..,"type":"..",...` without the hash and the last
/// brace. `record` is not changed (the field lists serve the reader too, which does change it).
void build_hashed_part(LineBuilder& line, Record& record);

}  // namespace muster
