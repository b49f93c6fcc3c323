#include "responders/console/file_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

namespace muster {
namespace {

constexpr std::int64_t most_words = 10'000;                     // that braces make
constexpr std::int64_t largest_number = 1'000'000'000'000'000;  // so that differences do not overflow

/// One past the "]" of a set that begins at `at`, or npos.
std::size_t end_of_set(std::string_view pattern, std::size_t at) {
  std::size_t end = at + 1;
  if (end < pattern.size() && (pattern[end] == '!' || pattern[end] == '^')) ++end;
  if (end < pattern.size() && pattern[end] == ']') ++end;  // a "]" in front is a member
  end = pattern.find(']', end);
  return end == std::string_view::npos ? end : end + 1;
}

bool set_holds(std::string_view set, char c) {
  const bool negated = set.front() == '!' || set.front() == '^';
  if (negated) set.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i] == '\\' && i + 1 < set.size()) ++i;
    const bool range = i + 2 < set.size() && set[i + 1] == '-';
    found = found || (range ? c >= set[i] && c <= set[i + 2] : c == set[i]);
    if (range) i += 2;
  }
  return found != negated;
}

/// How many characters of the pattern stand for one character, if they match `c`.
std::optional<std::size_t> matched_length(std::string_view pattern, std::size_t at, char c) {
  if (pattern[at] == '?') return 1;
  const std::size_t end = pattern[at] == '[' ? end_of_set(pattern, at) : std::string_view::npos;
  if (end != std::string_view::npos) {
    if (!set_holds(pattern.substr(at + 1, end - at - 2), c)) return std::nullopt;
    return end - at;
  }
  const bool escaped = pattern[at] == '\\' && at + 1 < pattern.size();
  if (pattern[at + (escaped ? 1 : 0)] != c) return std::nullopt;
  return escaped ? 2 : 1;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (value > largest_number || value < -largest_number) return std::nullopt;
  return value;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// a..e, e..a.
std::vector<std::string> letters_of(char first, char last) {
  std::vector<std::string> words;
  for (int c = first; first <= last ? c <= last : c >= last; c += first <= last ? 1 : -1)
    words.emplace_back(1, static_cast<char>(c));
  return words;
}

/// 1..5, 1..10..3, 5..1, a..e.
std::vector<std::string> sequence_of(std::string_view inside) {
  if (inside.size() == 4 && inside.substr(1, 2) == ".." && is_letter(inside.front()) &&
      is_letter(inside.back()))
    return letters_of(inside.front(), inside.back());
  const auto dots = inside.find("..");
  if (dots == std::string_view::npos) return {};
  const auto second = inside.find("..", dots + 2);
  const auto first = whole_number(inside.substr(0, dots));
  const auto last =
      whole_number(inside.substr(dots + 2, second == std::string_view::npos ? second : second - dots - 2));
  const auto given = second == std::string_view::npos ? 1 : whole_number(inside.substr(second + 2));
  if (!first || !last || !given) return {};
  const std::int64_t step = std::max<std::int64_t>(*given < 0 ? -*given : *given, 1);
  std::vector<std::string> words;
  const std::int64_t count =
      std::min((*last > *first ? *last - *first : *first - *last) / step + 1, most_words + 1);
  for (std::int64_t i = 0; i < count; ++i)
    words.push_back(fmt::format("{}", *last > *first ? *first + i * step : *first - i * step));
  return words;
}

/// What stands between the braces, divided; empty if they are plain text.
std::vector<std::string> alternatives_of(std::string_view inside) {
  std::vector<std::string> parts(1);
  int open = 0;
  for (const char c : inside) {
    open += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (c == ',' && open == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts.size() > 1 ? parts : sequence_of(inside);
}

std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
    if (depth == 0) return i;
  }
  return std::string_view::npos;
}

/// The words that the first braces of one unquoted piece make; empty if there are none.
std::vector<ShellWord> expanded_piece(const ShellWord& word, std::size_t index) {
  const std::string& text = word.pieces[index].text;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    const std::size_t close = closing_brace(text, open);
    if (close == std::string::npos) continue;
    std::vector<ShellWord> words;
    for (const std::string& part : alternatives_of(text.substr(open + 1, close - open - 1))) {
      words.push_back(word);
      words.back().pieces[index].text = text.substr(0, open) + part + text.substr(close + 1);
    }
    if (!words.empty()) return words;
  }
  return {};
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
      continue;
    }
    const auto length = p < pattern.size() ? matched_length(pattern, p, text[t]) : std::nullopt;
    if (length) {
      p += *length;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string as_pattern(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("*?[]\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

bool is_pattern(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\')
      ++i;
    else if (pattern[i] == '*' || pattern[i] == '?' ||
             (pattern[i] == '[' && end_of_set(pattern, i) != std::string_view::npos))
      return true;
  }
  return false;
}

Result<std::vector<ShellWord>> expanded_braces(const ShellWord& word) {
  for (std::size_t i = 0; i < word.pieces.size(); ++i) {
    if (word.pieces[i].kind != WordPiece::Kind::text || word.pieces[i].quoted()) continue;
    const std::vector<ShellWord> words = expanded_piece(word, i);
    if (words.empty()) continue;
    std::vector<ShellWord> all;
    for (const ShellWord& each : words) {
      auto inner = expanded_braces(each);
      if (!inner) return inner;
      std::move(inner->begin(), inner->end(), std::back_inserter(all));
      if (std::ssize(all) > most_words)
        return invalid_input(fmt::format("muster: braces make more than {} words", most_words));
    }
    return all;
  }
  return std::vector<ShellWord>{word};
}

}  // namespace muster
