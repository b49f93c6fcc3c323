// people.json: who the ids in a journal are. Kept apart from the journal, so that a person can be renamed or
// forgotten without touching what happened.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sim/result.hpp"

namespace muster {

struct People {
  std::map<std::string, std::string> names;  ///< actor id ("responder-1") -> display name

  /// The display name, or the id itself if nobody is known by it.
  const std::string& name_of(const std::string& actor) const;
};

/// {"people": {"responder-1": "Ada"}}, indented, newline at the end.
std::string write_people(const People& people);
/// Error: invalid_input with `name` and what was expected.
Result<People> read_people(std::string_view text, const std::string& name);

}  // namespace muster
