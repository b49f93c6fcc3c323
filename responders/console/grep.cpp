// grep over RE2. Basic expressions are rewritten to extended ones (POSIX.1-2017, XBD 9.3 and 9.4).
#include <fmt/format.h>
#include <re2/re2.h>

#include <charconv>
#include <memory>
#include <optional>

#include "responders/console/filters.hpp"
#include "responders/text/lines.hpp"

namespace muster::filters {
namespace {

struct GrepOptions {
  bool ignore_case = false, invert = false, count = false, extended = false, fixed = false, numbers = false,
       quiet = false, words = false;
  std::size_t before = 0, after = 0;
  std::optional<std::string> pattern;
  std::vector<std::string> files;
};

/// In a basic expression + ? | ( ) { } are literal unless escaped; in an extended one the other way round.
std::string basic_to_extended(std::string_view text) {
  static constexpr std::string_view swapped = "+?|(){}";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size();
    const char c = escaped ? text[++i] : text[i];
    const bool swap = swapped.find(c) != std::string_view::npos;
    if (escaped != swap) out += '\\';
    out += c;
  }
  return out;
}

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
      if (arg == "--color" || arg.starts_with("--color=")) continue;
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
      if (std::string_view("ABCe").find(flag) == std::string_view::npos)
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
      options_.pattern = value;
      return {};
    }
    std::size_t lines = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), lines);
    if (read.ec != std::errc() || read.ptr != value.data() + value.size())
      return invalid_input(fmt::format("grep: {}: invalid context length argument", value));
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
  re2::RE2::Options settings;
  settings.set_case_sensitive(!options.ignore_case);
  settings.set_log_errors(false);
  return std::make_unique<re2::RE2>(pattern, settings);
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
  const auto found = std::count(matches.begin(), matches.end(), true);
  CommandResult result;
  result.exit_code = found > 0 ? 0 : 1;
  if (options->count)
    result.out = fmt::format("{}\n", found);
  else if (!options->quiet)
    result.out = shown(*options, lines, matches);
  return result;
}

}  // namespace muster::filters
