// grep over RE2.
#include <fmt/format.h>
#include <re2/re2.h>

#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include "responders/console/filters.hpp"
#include "responders/console/regular_expression.hpp"
#include "responders/text/lines.hpp"
#include "responders/text/options.hpp"

namespace muster::filters {
namespace {

struct GrepOptions {
  bool ignore_case = false, invert = false, count = false, extended = false, fixed = false, numbers = false,
       quiet = false, words = false, only_match = false, no_names = false;
  std::size_t at_most = SIZE_MAX;
  std::size_t before = 0, after = 0;
  std::optional<std::string> pattern;
  std::vector<std::string> files;
};

constexpr std::array grep_options{OptionSpec{'i', "ignore-case"},
                                  OptionSpec{'v', "invert-match"},
                                  OptionSpec{'c', "count"},
                                  OptionSpec{'E', "extended-regexp"},
                                  OptionSpec{'F', "fixed-strings"},
                                  OptionSpec{'n', "line-number"},
                                  OptionSpec{'q', "quiet"},
                                  OptionSpec{'w', "word-regexp"},
                                  OptionSpec{'o', "only-matching"},
                                  OptionSpec{'h', "no-filename"},
                                  valued_option('e', "regexp"),
                                  valued_option('m', "max-count"),
                                  valued_option('A', "after-context"),
                                  valued_option('B', "before-context"),
                                  valued_option('C', "context"),
                                  OptionSpec{0, "color", OptionKind::loose},
                                  OptionSpec{0, "line-buffered"}};

void set_flag(GrepOptions& options, const GivenOption& given) {
  if (given.is('i')) options.ignore_case = true;
  if (given.is('v')) options.invert = true;
  if (given.is('c')) options.count = true;
  if (given.is('E')) options.extended = true;
  if (given.is('F')) options.fixed = true;
  if (given.is('n')) options.numbers = true;
  if (given.is('q')) options.quiet = true;
  if (given.is('w')) options.words = true;
  if (given.is('o')) options.only_match = true;
  if (given.is('h')) options.no_names = true;
}

Result<void> set_count(GrepOptions& options, const GivenOption& given) {
  std::size_t lines = 0;
  const std::string& value = given.value;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), lines);
  if (read.ec != std::errc() || read.ptr != value.data() + value.size())
    return invalid_input(fmt::format("grep: {}: invalid context length argument", value));
  if (given.is('m')) return options.at_most = lines, Result<void>();
  if (!given.is('A')) options.before = lines;
  if (!given.is('B')) options.after = lines;
  return {};
}

/// -e PATTERN, several of them as alternatives; without one the first operand.
void choose_pattern(GrepOptions& options, const GivenOptions& given) {
  for (const GivenOption& each : given.all)
    if (each.is('e'))
      options.pattern =
          options.pattern ? *options.pattern + (options.extended ? "|" : "\\|") + each.value : each.value;
  options.files = given.operands();
  if (options.pattern || options.files.empty()) return;
  options.pattern = options.files.front();
  options.files.erase(options.files.begin());
}

/// Error: the text grep prints.
Result<GrepOptions> read_grep_options(const std::vector<std::string>& args) {
  const GivenOptions given = read_options(args, grep_options);
  if (given.fault) return invalid_input("grep: " + getopt_text(given.fault));
  GrepOptions options;
  for (const GivenOption& each : given.all) {
    set_flag(options, each);
    if (!each.is('m') && !each.is('A') && !each.is('B') && !each.is('C')) continue;
    if (const auto set = set_count(options, each); !set) return set.error();
  }
  choose_pattern(options, given);
  if (!options.pattern) return invalid_input("Usage: grep [OPTION]... PATTERNS [FILE]...");
  return options;
}

std::string shown(const GrepOptions& options, const std::vector<std::string>& lines,
                  const std::vector<bool>& matches) {
  std::string out;
  std::size_t printed_to = 0;  // one past the last line printed
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!matches[i]) continue;
    const std::size_t first = std::max(printed_to, i - std::min(i, options.before));
    if (printed_to != 0 && first > printed_to && options.before + options.after > 0) out += "--\n";
    const std::size_t last = std::min(lines.size(), i + options.after + 1);
    for (std::size_t j = first; j < std::max(last, first); ++j) {
      if (options.numbers) out += fmt::format("{}{}", j + 1, matches[j] ? ':' : '-');
      out += lines[j] + "\n";
    }
    printed_to = std::max(printed_to, last);
  }
  return out;
}

std::unique_ptr<re2::RE2> compiled(const GrepOptions& options) {
  std::string pattern = options.fixed      ? re2::RE2::QuoteMeta(*options.pattern)
                        : options.extended ? *options.pattern
                                           : basic_to_extended(*options.pattern);
  if (options.words) pattern = "\\b(?:" + pattern + ")\\b";
  return compile_expression(pattern, true, options.ignore_case);
}

std::vector<std::string> chosen(const std::vector<std::string>& lines, const std::vector<bool>& matches) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (matches[i]) found.push_back(lines[i]);
  return found;
}

/// -o: each matching part on a line of its own.
std::string parts(const re2::RE2& expression, const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    re2::StringPiece found;
    for (std::size_t at = 0; at < line.size();) {
      if (!expression.Match(line, at, line.size(), re2::RE2::UNANCHORED, &found, 1)) break;
      if (!found.empty()) out.append(found.data(), found.size()) += '\n';
      at = static_cast<std::size_t>(found.data() - line.data()) + std::max<std::size_t>(found.size(), 1);
    }
  }
  return out;
}

}  // namespace

CommandResult grep(Session& session, const Invocation& call) {
  const auto options = read_grep_options(call.args);
  if (!options) return CommandResult::failed(2, options.error().message + "\n");
  const auto expression = compiled(*options);
  if (!expression->ok()) return CommandResult::failed(2, "grep: " + expression->error() + "\n");
  const auto text = input_text(session, "grep", options->files, call.input);
  if (!text) return CommandResult::failed(2, text.error().message + "\n");
  const auto lines = split_lines(*text);
  std::vector<bool> matches;
  for (const auto& line : lines)
    matches.push_back(re2::RE2::PartialMatch(line, *expression) != options->invert);
  std::size_t left = options->at_most;
  for (std::size_t i = 0; i < matches.size(); ++i)
    if (matches[i] && left-- == 0) {
      matches.resize(i);
      break;
    }
  matches.resize(lines.size());
  const auto found = std::count(matches.begin(), matches.end(), true);
  CommandResult result;
  result.exit_code = found > 0 ? 0 : 1;
  if (options->count)
    result.out = fmt::format("{}\n", found);
  else if (options->only_match && !options->quiet)
    result.out = parts(*expression, chosen(lines, matches));
  else if (!options->quiet)
    result.out = shown(*options, lines, matches);
  return result;
}

}  // namespace muster::filters
