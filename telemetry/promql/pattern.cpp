// The only file that knows RE2.
#include "telemetry/promql/pattern.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

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

}  // namespace

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;

Result<std::shared_ptr<const Pattern>> Pattern::compile(const std::string& text) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(false);
  auto compiled = std::make_unique<Compiled>("^(?:" + text + ")$", options);
  if (!compiled->re.ok()) {
    return invalid_input(fmt::format("error parsing regexp: {}: `{}`", go_words(compiled->re.error_code()),
                                     compiled->re.error_arg()));
  }
  return std::shared_ptr<const Pattern>(new Pattern(std::move(compiled)));
}

bool Pattern::matches(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled_->re);
}

bool Pattern::expand(std::string_view text, std::string_view replacement, std::string& result) const {
  const RE2& re = compiled_->re;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(re.NumberOfCapturingGroups()) + 1);
  const re2::StringPiece subject(text.data(), text.size());
  if (!re.Match(subject, 0, text.size(), RE2::ANCHOR_BOTH, groups.data(), static_cast<int>(groups.size())))
    return false;
  result.clear();
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const std::string_view rest = replacement.substr(i + 1);
    const Reference reference = replacement[i] == '$' ? reference_at(rest) : Reference{};
    if (reference.length > 0) {
      const int group = group_index(re, reference.name);
      if (group >= 0 && static_cast<std::size_t>(group) < groups.size())
        result.append(groups[static_cast<std::size_t>(group)].data()
                          ? groups[static_cast<std::size_t>(group)].as_string()
                          : std::string());
      i += reference.length;
    } else {
      result += replacement[i];
      if (replacement[i] == '$' && !rest.empty() && rest.front() == '$') ++i;
    }
  }
  return true;
}

}  // namespace muster::promql
