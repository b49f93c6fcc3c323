// Finds the word a person probably meant, for error messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster {

/// Number of single-character insertions, deletions, substitutions and swaps of neighbours that turn `a` into
/// `b` (optimal string alignment; letter case is ignored).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The first of the words nearest to `wrong`, or empty if none is within a third of its length (at least one
/// edit).
std::string nearest_word(std::string_view wrong, const std::vector<std::string>& words);

/// `; did you mean "x"?`, or empty: to be put behind a message.
std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& words);

}  // namespace muster
