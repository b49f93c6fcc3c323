// Tests of one text: `equals`, `matches`, `atLeast`, `atMost`, `exists`. Conditions use them on a field of an
// object and on variables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "responders/fields/field_reader.hpp"

namespace muster {

struct Comparison {
  enum class Kind : std::uint8_t { equals, matches, at_least, at_most, exists };
  Kind kind = Kind::exists;
  std::string text;    ///< of equals (variables allowed) and matches (an RE2 expression)
  double number = 0;   ///< of the bounds
  bool wanted = true;  ///< of exists
};

/// The fields for a record's table.
std::vector<Field> comparison_fields();
/// Reads them. A regular expression that RE2 refuses is an error.
std::vector<Comparison> read_comparisons(FieldReader& reader);

/// Whether `value` (nothing: not there) passes all tests; without any, whether it is there. The first that
/// fails is told in `why`: `is "2", not at least 3`.
bool passes(const std::vector<Comparison>& tests, const std::optional<std::string>& value, std::string& why);

/// The first group of the first match of an RE2 expression (the whole match if it has no group).
std::optional<std::string> first_match(const std::string& expression, const std::string& text);
/// Error: RE2's words.
Result<void> check_expression(const std::string& expression);

}  // namespace muster
