#include "responders/console/shell_builtins.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr std::string_view blanks = " \t\n";

/// Filters, and how many operands they may have without reading a file.
struct InputReader {
  std::string_view name;
  std::size_t operands;
};
constexpr std::array<InputReader, 16> input_readers{{{"cat", 0},
                                                     {"sort", 0},
                                                     {"head", 0},
                                                     {"tail", 0},
                                                     {"wc", 0},
                                                     {"uniq", 0},
                                                     {"base64", 0},
                                                     {"tr", 99},
                                                     {"tee", 99},
                                                     {"xargs", 99},
                                                     {"psql", 99},
                                                     {"grep", 1},
                                                     {"sed", 1},
                                                     {"awk", 1},
                                                     {"cut", 1},
                                                     {"jq", 1}}};

/// The next field of `rest`, which is cut off; the last of several takes all that is left.
std::string next_field(std::string_view& rest, bool last) {
  rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
  const std::size_t end = last ? rest.size() : std::min(rest.find_first_of(blanks), rest.size());
  const std::string field(trimmed(rest.substr(0, end)));
  rest.remove_prefix(end);
  return field;
}

}  // namespace

std::string left_of_input(const std::vector<std::string>& words, const std::string& input) {
  if (words.front() == "read") {
    const auto end = input.find('\n');
    return end == std::string::npos ? "" : input.substr(end + 1);
  }
  const auto reader = std::find_if(input_readers.begin(), input_readers.end(),
                                   [&](const InputReader& each) { return each.name == words.front(); });
  if (reader == input_readers.end()) return input;
  const auto operands = std::count_if(words.begin() + 1, words.end(), [](const std::string& word) {
    return word == "-" || !word.starts_with('-');
  });
  return static_cast<std::size_t>(operands) <= reader->operands ? "" : input;
}

std::optional<int> number_of(const std::string& text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

Task<CommandResult> told(CommandResult result) {
  co_return result;
}

namespace shell_builtins {

CommandResult read(Session& session, const Invocation& call) {
  std::vector<std::string> names;
  for (const std::string& arg : call.args) {
    if (arg.starts_with('-') && arg != "-r")
      return CommandResult::refused("read: the option " + arg + " is not built in this console");
    if (arg != "-r") names.push_back(arg);
  }
  if (names.empty()) names.emplace_back("REPLY");
  const bool ended = call.input.find('\n') == std::string::npos;
  const std::string line = call.input.substr(0, call.input.find('\n'));
  std::string_view rest = line;
  for (const std::string& name : names) session.variables[name] = next_field(rest, &name == &names.back());
  return ended ? CommandResult::failed(1, "") : CommandResult();
}

CommandResult local(Session& session, const Invocation& call) {
  for (const std::string& arg : call.args) {
    const auto equals = arg.find('=');
    session.variables[arg.substr(0, equals)] = equals == std::string::npos ? "" : arg.substr(equals + 1);
  }
  return {};
}

CommandResult shift(Session& session, const Invocation& call) {
  const int count = call.args.empty() ? 1 : number_of(call.args.front()).value_or(-1);
  if (count < 0 || static_cast<std::size_t>(count) > session.arguments.size())
    return CommandResult::failed(1, "");
  session.arguments.erase(session.arguments.begin(), session.arguments.begin() + count);
  return {};
}

CommandResult leave_loop(Session&, const Invocation&) {
  return {};
}

CommandResult leave(Session&, const Invocation&) {
  return {};
}

}  // namespace shell_builtins
}  // namespace muster
