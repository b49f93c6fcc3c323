// Patterns of file names, and braces (POSIX.1-2017, XCU 2.13; bash's {a,b} and {1..9}).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "responders/console/shell_syntax.hpp"

namespace muster {

/// `*`, `?` and `[a-z]`, with `\` before what stands for itself. `*` and `?` match any character at all.
bool matches_pattern(std::string_view pattern, std::string_view text);
/// The text with `\` before every character that a pattern would not take as itself.
std::string as_pattern(std::string_view text);
/// Whether an unescaped `*`, `?` or `[` is in it.
bool is_pattern(std::string_view pattern);
/// The names that a pattern stands for: a dot at the front and slashes must be matched by themselves.
template <class Names>
std::vector<std::string> matching_names(std::string_view pattern, const Names& names) {
  std::vector<std::string> found;
  for (const auto& [name, text] : names) {
    if (name.starts_with('.') && !pattern.starts_with('.')) continue;
    const bool deeper = name.find('/') != std::string::npos && pattern.find('/') == std::string_view::npos;
    if (!deeper && matches_pattern(pattern, name)) found.push_back(name);
  }
  return found;
}

/// The words that unquoted braces make of one: a{b,c}d and {1..3}; else the word itself. Error: more than
/// 10,000 words (the real shell goes on until its memory ends).
Result<std::vector<ShellWord>> expanded_braces(const ShellWord& word);

}  // namespace muster
