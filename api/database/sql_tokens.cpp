#include "api/database/sql_tokens.hpp"

#include <algorithm>
#include <array>

namespace muster {
namespace {

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

std::string lower_of(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

/// The length of the mark at the front.
std::size_t mark_length(std::string_view text) {
  static constexpr std::array<std::string_view, 5> doubles{"<=", ">=", "<>", "!=", "::"};
  const bool two = std::any_of(doubles.begin(), doubles.end(),
                               [&](std::string_view mark) { return text.starts_with(mark); });
  return two ? 2 : 1;
}

}  // namespace

std::vector<SqlToken> sql_tokens(std::string_view text) {
  std::vector<SqlToken> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';') {
      ++i;
    } else if (text.substr(i).starts_with("--")) {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '\'' || c == '"') {
      const std::size_t end = std::min(text.find(c, i + 1), text.size());
      const std::string inside(text.substr(i + 1, end - i - 1));
      tokens.push_back({inside, c == '"' ? inside : std::string(), c == '\''});
      i = end + 1;
    } else {
      std::size_t end = i;
      while (end < text.size() && in_word(text[end])) ++end;
      if (end == i) end = i + mark_length(text.substr(i));
      const std::string word(text.substr(i, end - i));
      tokens.push_back({word, lower_of(word), false});
      i = end;
    }
  }
  return tokens;
}

}  // namespace muster
