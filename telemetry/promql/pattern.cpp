// The only file that knows RE2.
#include "telemetry/promql/pattern.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace muster::promql {

struct Pattern::Compiled {
  explicit Compiled(const std::string& anchored, const RE2::Options& options) : re(anchored, options) {}
  RE2 re;
};

namespace {

// Go's regexp/syntax names for RE2's error codes.
const char* go_words(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorBadEscape:
      return "invalid escape sequence";
    case RE2::ErrorBadCharClass:
      return "invalid character class";
    case RE2::ErrorBadCharRange:
      return "invalid character class range";
    case RE2::ErrorMissingBracket:
      return "missing closing ]";
    case RE2::ErrorMissingParen:
      return "missing closing )";
    case RE2::ErrorUnexpectedParen:
      return "unexpected )";
    case RE2::ErrorTrailingBackslash:
      return "trailing backslash at end of expression";
    case RE2::ErrorRepeatArgument:
      return "missing argument to repetition operator";
    case RE2::ErrorRepeatSize:
      return "invalid repeat count";
    case RE2::ErrorRepeatOp:
      return "invalid nested repetition operator";
    case RE2::ErrorBadPerlOp:
      return "invalid or unsupported Perl syntax";
    case RE2::ErrorBadUTF8:
      return "invalid UTF-8";
    case RE2::ErrorBadNamedCapture:
      return "invalid named capture";
    case RE2::ErrorPatternTooLarge:
      return "expression too large";
    default:
      return "unexpected error";
  }
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Go's regexp.Expand: after '$', "$", "{name}" or the longest run of word characters.
struct Reference {
  std::string_view name;
  std::size_t length = 0;  // of the text after '$'; 0 = no reference
};

Reference reference_at(std::string_view rest) {
  const bool braced = !rest.empty() && rest.front() == '{';
  std::size_t end = braced ? 1 : 0;
  const std::size_t begin = end;
  while (end < rest.size() && is_name_character(rest[end])) ++end;
  if (end == begin) return {};
  const std::string_view name = rest.substr(begin, end - begin);
  if (!braced) return {name, end};
  if (end >= rest.size() || rest[end] != '}') return {};
  return {name, end + 1};
}

int group_index(const RE2& re, std::string_view name) {
  int index = -1;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  if (error == std::errc() && end == name.data() + name.size()) return index;
  const auto& groups = re.NamedCapturingGroups();
  const auto found = groups.find(std::string(name));
  return found == groups.end() ? -1 : found->second;
}

using Groups = std::vector<re2::StringPiece>;  // the whole match first

Groups groups_of(const RE2& re) {
  return Groups(static_cast<std::size_t>(re.NumberOfCapturingGroups()) + 1);
}

void append_expanded(const RE2& re, const Groups& groups, std::string_view replacement, std::string& out) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const std::string_view rest = replacement.substr(i + 1);
    const Reference reference = replacement[i] == '$' ? reference_at(rest) : Reference{};
    if (reference.length > 0) {
      const auto group = static_cast<std::size_t>(group_index(re, reference.name));
      if (group < groups.size() && groups[group].data()) out += groups[group].as_string();
      i += reference.length;
    } else {
      out += replacement[i];
      if (replacement[i] == '$' && !rest.empty() && rest.front() == '$') ++i;
    }
  }
}

std::size_t next_character(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  return at;
}

Error parse_error(const RE2& re) {
  return invalid_input(
      fmt::format("error parsing regexp: {}: `{}`", go_words(re.error_code()), re.error_arg()));
}

}  // namespace

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;

Result<std::shared_ptr<const Pattern>> Pattern::compile(const std::string& text) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(false);
  auto compiled = std::make_unique<Compiled>("^(?:" + text + ")$", options);
  if (!compiled->re.ok()) return parse_error(compiled->re);
  return std::shared_ptr<const Pattern>(new Pattern(std::move(compiled)));
}

bool Pattern::matches(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled_->re);
}

bool Pattern::expand(std::string_view text, std::string_view replacement, std::string& result) const {
  const RE2& re = compiled_->re;
  Groups groups = groups_of(re);
  const re2::StringPiece subject(text.data(), text.size());
  if (!re.Match(subject, 0, text.size(), RE2::ANCHOR_BOTH, groups.data(), static_cast<int>(groups.size())))
    return false;
  result.clear();
  append_expanded(re, groups, replacement, result);
  return true;
}

Result<std::string> replace_all(const std::string& pattern, std::string_view replacement,
                                std::string_view text) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 re(pattern, options);
  if (!re.ok()) return parse_error(re);
  Groups groups = groups_of(re);
  const re2::StringPiece subject(text.data(), text.size());
  std::string result;
  std::size_t from = 0, copied = 0;
  while (from <= text.size() && re.Match(subject, from, text.size(), RE2::UNANCHORED, groups.data(),
                                         static_cast<int>(groups.size()))) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    const std::size_t end = begin + groups[0].size();
    result.append(text.substr(copied, begin - copied));
    // Nothing is put for an empty match where the match before it ended.
    if (end > copied || begin == 0) append_expanded(re, groups, replacement, result);
    copied = end;
    from = std::max(end, next_character(text, from));
  }
  result.append(text.substr(copied));
  return result;
}

}  // namespace muster::promql
