#include "responders/console/filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "responders/text/lines.hpp"
#include "responders/text/options.hpp"

namespace muster::filters {
namespace {

std::optional<std::int64_t> whole(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

/// The -n N, -nN, -N and --lines=N of head and tail.
struct LineCount {
  std::string text = "10";
  std::vector<std::string> files;
};

Result<LineCount> read_line_count(const std::string& tool, const std::vector<std::string>& args) {
  LineCount result;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (arg == "-n" || arg == "--lines") {
      if (i + 1 >= args.size()) return invalid_input(tool + ": option requires an argument -- 'n'");
      result.text = args[++i];
    } else if (arg.starts_with("--lines=")) {
      result.text = arg.substr(8);
    } else if (arg.starts_with("-n")) {
      result.text = arg.substr(2);
    } else if (arg.size() > 1 && arg.front() == '-') {
      if (!whole(arg.substr(1)))
        return invalid_input(fmt::format("{}: invalid option -- '{}'", tool, arg.substr(1)));
      result.text = arg.substr(1);
    } else {
      result.files.push_back(arg);
    }
  }
  if (!whole(result.text))
    return invalid_input(fmt::format("{}: invalid number of lines: ‘{}’", tool, result.text));
  return result;
}

struct CutInput {
  std::string count;
  std::int64_t wanted = 0;
  std::vector<std::string> lines;
};

Result<CutInput> read_cut(const std::string& tool, const Session& session, const Invocation& call) {
  const auto count = read_line_count(tool, call.args);
  if (!count) return count.error();
  const auto text = input_text(session, tool, count->files, call.input);
  if (!text) return text.error();
  return CutInput{count->text, whole(count->text).value_or(0), split_lines(*text)};
}

}  // namespace

Result<std::string> input_text(const Session& session, std::string_view tool,
                               const std::vector<std::string>& files, const std::string& input) {
  if (files.empty()) return input;
  std::string text;
  for (const auto& file : files) {
    const auto found = session.files.find(file);
    if (file == "-")
      text += input;
    else if (found == session.files.end())
      return Error{ErrorCode::not_found, fmt::format("{}: {}: No such file or directory", tool, file), {}};
    else
      text += found->second;
  }
  return text;
}

CommandResult head(Session& session, const Invocation& call) {
  auto input = read_cut("head", session, call);
  if (!input) return CommandResult::failed(1, input.error().message + "\n");
  const auto size = static_cast<std::int64_t>(input->lines.size());
  const bool all_but = input->count.starts_with('-');  // head -n -3: all but the last three
  const std::int64_t keep = std::clamp<std::int64_t>(all_but ? size + input->wanted : input->wanted, 0, size);
  input->lines.resize(static_cast<std::size_t>(keep));
  return CommandResult::printed(join_lines(input->lines));
}

CommandResult tail(Session& session, const Invocation& call) {
  auto input = read_cut("tail", session, call);
  if (!input) return CommandResult::failed(1, input.error().message + "\n");
  const auto size = static_cast<std::int64_t>(input->lines.size());
  const std::int64_t wanted = input->wanted < 0 ? -input->wanted : input->wanted;
  const bool from_line = input->count.starts_with('+');  // tail -n +2: from the second line on
  const std::int64_t drop = from_line ? std::max<std::int64_t>(wanted - 1, 0) : size - wanted;
  input->lines.erase(input->lines.begin(), input->lines.begin() + std::clamp<std::int64_t>(drop, 0, size));
  return CommandResult::printed(join_lines(input->lines));
}

CommandResult sort(Session& session, const Invocation& call) {
  static constexpr std::array known{OptionSpec{'r', "reverse"}, OptionSpec{'n', "numeric-sort"},
                                    OptionSpec{'u', "unique"}};
  const GivenOptions given = read_options(call.args, known);
  if (given.fault) return CommandResult::failed(2, "sort: " + getopt_text(given.fault) + "\n");
  const bool reverse = given.has('r'), numeric = given.has('n'), unique = given.has('u');
  const std::vector<std::string> files = given.operands();
  const auto text = input_text(session, "sort", files, call.input);
  if (!text) return CommandResult::failed(2, text.error().message + "\n");
  auto lines = split_lines(*text);
  std::stable_sort(lines.begin(), lines.end(), [&](const std::string& a, const std::string& b) {
    const auto leading = [](const std::string& line) {
      double value = 0;
      const auto start = line.find_first_not_of(' ');
      if (start != std::string::npos) std::from_chars(line.data() + start, line.data() + line.size(), value);
      return value;
    };
    if (numeric && leading(a) != leading(b)) return (leading(a) < leading(b)) != reverse;
    return reverse ? b < a : a < b;
  });
  if (unique) lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return CommandResult::printed(join_lines(lines));
}

CommandResult wc(Session& session, const Invocation& call) {
  static constexpr std::array known{OptionSpec{'l', "lines"}, OptionSpec{'w', "words"},
                                    OptionSpec{'c', "bytes"}};
  const GivenOptions given = read_options(call.args, known);
  if (given.fault) return CommandResult::failed(1, "wc: " + getopt_text(given.fault) + "\n");
  const std::vector<std::string> files = given.operands();
  const auto text = input_text(session, "wc", files, call.input);
  if (!text) return CommandResult::failed(1, text.error().message + "\n");
  std::size_t words = 0;
  bool inside = false;
  for (const char c : *text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  const auto lines = std::count(text->begin(), text->end(), '\n');
  const std::string name = files.size() == 1 ? " " + files.front() : files.empty() ? "" : " total";
  const std::array<std::pair<char, std::size_t>, 3> counts{
      {{'l', static_cast<std::size_t>(lines)}, {'w', words}, {'c', text->size()}}};
  const auto chosen =
      std::count_if(counts.begin(), counts.end(), [&](const auto& each) { return given.has(each.first); });
  std::string out;
  for (const auto& [letter, count] : counts) {
    if (chosen > 0 && !given.has(letter)) continue;
    out += (out.empty() ? "" : " ") + fmt::format("{:{}}", count, chosen == 1 ? 1 : 7);
  }
  return CommandResult::printed(out + name + "\n");
}

namespace {

std::string without_escapes(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    const char c = escape ? text[++i] : text[i];
    out += !escape ? c : c == 'n' ? '\n' : c == 't' ? '\t' : c;
  }
  return out;
}

}  // namespace

CommandResult echo(Session&, const Invocation& call) {
  bool newline = true, escapes = false;
  std::size_t first = 0;
  for (; first < call.args.size(); ++first) {
    const std::string& arg = call.args[first];
    if (arg != "-n" && arg != "-e" && arg != "-ne" && arg != "-en") break;
    newline = newline && arg.find('n') == std::string::npos;
    escapes = escapes || arg.find('e') != std::string::npos;
  }
  std::string text = join(
      std::vector<std::string>(call.args.begin() + static_cast<std::ptrdiff_t>(first), call.args.end()), " ");
  if (escapes) text = without_escapes(text);
  return CommandResult::printed(text + (newline ? "\n" : ""));
}

CommandResult cat(Session& session, const Invocation& call) {
  auto text = input_text(session, "cat", call.args, call.input);
  if (!text) return CommandResult::failed(1, text.error().message + "\n");
  return CommandResult::printed(std::move(*text));
}

CommandResult yes_true(Session&, const Invocation&) {
  return {};
}
CommandResult no_false(Session&, const Invocation&) {
  return CommandResult::failed(1, "");
}

CommandResult set_variables(Session& session, const Invocation& call) {
  for (const auto& arg : call.args) {
    const auto equals = arg.find('=');
    if (equals != std::string::npos) session.variables[arg.substr(0, equals)] = arg.substr(equals + 1);
  }
  return {};
}

CommandResult list_files(Session& session, const Invocation& call) {
  if (!call.args.empty())
    return CommandResult::failed(2, "ls: arguments are not built; `ls` lists the evidence folder\n");
  std::string out;
  for (const auto& [name, text] : session.files) out += name + "\n";
  return CommandResult::printed(out);
}

Task<CommandResult> sleep(Session& session, Invocation call) {
  SimDuration total{};
  for (const auto& arg : call.args) {
    const bool bare = !arg.empty() && arg.back() >= '0' && arg.back() <= '9';
    const auto part = parse_duration(bare ? arg + "s" : arg);
    if (!part) co_return CommandResult::failed(1, fmt::format("sleep: invalid time interval ‘{}’\n", arg));
    total += *part;
  }
  if (call.args.empty()) co_return CommandResult::failed(1, "sleep: missing operand\n");
  sleep_for pause(session.host, total);
  co_await pause;
  co_return CommandResult{};
}

}  // namespace muster::filters
