// grep over RE2.
#include <fmt/format.h>
#include <re2/re2.h>

#include <charconv>
#include <memory>
#include <optional>

#include "responders/console/filters.hpp"
#include "responders/console/regular_expression.hpp"
#include "responders/text/lines.hpp"

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

bool set_flag(GrepOptions& options, char flag) {
  switch (flag) {
    case 'i':
      return options.ignore_case = true;
    case 'v':
      return options.invert = true;
    case 'c':
      return options.count = true;
    case 'E':
      return options.extended = true;
    case 'F':
      return options.fixed = true;
    case 'n':
      return options.numbers = true;
    case 'q':
      return options.quiet = true;
    case 'w':
      return options.words = true;
    case 'o':
      return options.only_match = true;
    case 'h':
      return options.no_names = true;
    default:
      return false;
  }
}

class OptionReader {
 public:
  explicit OptionReader(const std::vector<std::string>& args) : args_(args) {}

  /// Error: the text grep prints.
  Result<GrepOptions> read() {
    for (; next_ < args_.size(); ++next_) {
      const std::string& arg = args_[next_];
      if (arg == "--color" || arg.starts_with("--color=") || arg == "--line-buffered") continue;
      if (arg.size() > 1 && arg.front() == '-') {
        const auto problem = letters(arg);
        if (!problem) return problem.error();
      } else if (!options_.pattern) {
        options_.pattern = arg;
      } else {
        options_.files.push_back(arg);
      }
    }
    if (!options_.pattern) return invalid_input("Usage: grep [OPTION]... PATTERNS [FILE]...");
    return options_;
  }

 private:
  Result<void> letters(const std::string& arg) {
    for (std::size_t i = 1; i < arg.size(); ++i) {
      const char flag = arg[i];
      if (set_flag(options_, flag)) continue;
      if (std::string_view("ABCem").find(flag) == std::string_view::npos)
        return invalid_input(fmt::format("grep: invalid option -- '{}'", flag));
      return valued(flag, arg.substr(i + 1));
    }
    return {};
  }

  Result<void> valued(char flag, std::string value) {
    if (value.empty()) {
      if (next_ + 1 >= args_.size())
        return invalid_input(fmt::format("grep: option requires an argument -- '{}'", flag));
      value = args_[++next_];
    }
    if (flag == 'e') {
      options_.pattern =
          options_.pattern ? *options_.pattern + (options_.extended ? "|" : "\\|") + value : value;
      return {};
    }
    std::size_t lines = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), lines);
    if (read.ec != std::errc() || read.ptr != value.data() + value.size())
      return invalid_input(fmt::format("grep: {}: invalid context length argument", value));
    if (flag == 'm') {
      options_.at_most = lines;
      return {};
    }
    if (flag != 'A') options_.before = lines;
    if (flag != 'B') options_.after = lines;
    return {};
  }

  const std::vector<std::string>& args_;
  std::size_t next_ = 0;
  GrepOptions options_;
};

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
  const auto options = OptionReader(call.args).read();
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
