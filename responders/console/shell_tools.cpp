#include "responders/console/shell_tools.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "responders/text/age.hpp"
#include "responders/text/lines.hpp"

namespace muster::shell_tools {
namespace {

/// How often `watch` runs its command before the person presses Ctrl-C. An assumption of this console.
constexpr int watch_runs = 10;

std::optional<SimDuration> seconds_in(const std::string& text) {
  const bool bare = !text.empty() && text.back() >= '0' && text.back() <= '9';
  const auto time = parse_duration(bare ? text + "s" : text);
  if (!time) return std::nullopt;
  return *time;
}

std::string epoch_seconds(const Session& session) {
  const auto since = std::chrono::floor<std::chrono::seconds>(session.host.now() - sim_start).count();
  return fmt::format("{}", session.host.epoch().unix_seconds + since);
}

/// %-sequences of date(1) over "2025-11-01T14:30:00Z".
std::optional<std::string> formatted(const Session& session, std::string_view format) {
  const std::string now = format_rfc3339(session.host.epoch(), session.host.now());
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
      continue;
    }
    switch (format[++i]) {
      case 'Y':
        out += now.substr(0, 4);
        break;
      case 'm':
        out += now.substr(5, 2);
        break;
      case 'd':
        out += now.substr(8, 2);
        break;
      case 'H':
        out += now.substr(11, 2);
        break;
      case 'M':
        out += now.substr(14, 2);
        break;
      case 'S':
        out += now.substr(17, 2);
        break;
      case 'F':
        out += now.substr(0, 10);
        break;
      case 'T':
        out += now.substr(11, 8);
        break;
      case 's':
        out += epoch_seconds(session);
        break;
      case 'Z':
        out += "UTC";
        break;
      case 'z':
        out += "+0000";
        break;
      case '%':
        out += '%';
        break;
      default:
        return std::nullopt;
    }
  }
  return out;
}

/// "Sat Nov  1 14:30:00 UTC 2025"
std::string default_date(const Session& session) {
  const std::string text = rfc1123(format_rfc3339(session.host.epoch(), session.host.now()));
  const std::string day = text[5] == '0' ? " " + text.substr(6, 1) : text.substr(5, 2);
  return fmt::format("{} {} {} {} UTC {}", text.substr(0, 3), text.substr(8, 3), day, text.substr(17, 8),
                     text.substr(12, 4));
}

struct Arguments {
  std::vector<std::string> words;
  std::map<std::string, std::string> options;
};

/// Options in front of a command: those of `valued` take a value, those of `plain` none.
Result<Arguments> leading_options(const std::string& tool, const std::vector<std::string>& args,
                                  std::string_view plain, std::string_view valued) {
  Arguments result;
  std::size_t i = 0;
  for (; i < args.size() && args[i].size() > 1 && args[i].front() == '-'; ++i) {
    const char letter = args[i][1];
    const std::string name(1, letter);
    if (plain.find(letter) != std::string_view::npos && args[i].size() == 2)
      result.options[name] = "yes";
    else if (valued.find(letter) == std::string_view::npos)
      return invalid_input(fmt::format("{}: invalid option -- '{}'", tool, letter));
    else if (args[i].size() > 2)
      result.options[name] = args[i].substr(2);
    else if (i + 1 < args.size())
      result.options[name] = args[++i];
    else
      return invalid_input(fmt::format("{}: option requires an argument -- '{}'", tool, letter));
  }
  result.words.assign(args.begin() + static_cast<std::ptrdiff_t>(i), args.end());
  return result;
}

}  // namespace

CommandResult date(Session& session, const Invocation& call) {
  std::string format;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const std::string& arg = call.args[i];
    if (arg == "-u" || arg == "--utc") continue;
    if (arg == "-Iseconds" || arg == "--iso-8601=seconds")
      format = "%FT%T+00:00";
    else if (arg == "-I")
      format = "%F";
    else if (arg.starts_with('+'))
      format = arg.substr(1);
    else
      return CommandResult::refused(fmt::format("date: `{}` is not built in this console", arg));
  }
  if (format.empty()) return CommandResult::printed(default_date(session) + "\n");
  const auto text = formatted(session, format);
  if (!text)
    return CommandResult::refused(fmt::format("date: the format {} is not built in this console", format));
  return CommandResult::printed(*text + "\n");
}

CommandResult set(Session& session, const Invocation& call) {
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const std::string& arg = call.args[i];
    const bool on = arg.starts_with('-');
    if (arg.size() < 2 || (!on && !arg.starts_with('+')))
      return CommandResult::refused("set: positional parameters are not built in this console");
    for (const char flag : arg.substr(1)) {
      if (flag == 'u')
        session.options.unset_is_error = on;
      else if (flag == 'e')
        session.options.stop_on_error = on;
      else if (flag == 'o' && i + 1 < call.args.size() && call.args[i + 1] == "pipefail")
        session.options.pipe_fail = on, ++i;
      else if (flag != 'x')
        return CommandResult::failed(
            2, fmt::format("bash: set: -{}: invalid option\nset: usage: set [-abefhkmnptuvxBCEHPT] [-o "
                           "option-name] [--] [-] [arg ...]\n",
                           flag));
    }
  }
  return {};
}

CommandResult unset(Session& session, const Invocation& call) {
  for (const auto& name : call.args) session.variables.erase(name);
  return {};
}

CommandResult env(Session& session, const Invocation&) {
  std::string out;
  for (const auto& [name, value] : session.variables) out += name + "=" + value + "\n";
  return CommandResult::printed(out);
}

CommandResult sequence(Session&, const Invocation& call) {
  std::vector<std::int64_t> numbers;
  for (const auto& arg : call.args) {
    std::int64_t value = 0;
    const auto read = std::from_chars(arg.data(), arg.data() + arg.size(), value);
    if (read.ec != std::errc() || read.ptr != arg.data() + arg.size())
      return CommandResult::failed(
          1,
          fmt::format("seq: invalid floating point argument: ‘{}’\nTry 'seq --help' for more information.\n",
                      arg));
    numbers.push_back(value);
  }
  if (numbers.empty() || numbers.size() > 3)
    return CommandResult::failed(1, "seq: missing operand\nTry 'seq --help' for more information.\n");
  const std::int64_t first = numbers.size() > 1 ? numbers.front() : 1, last = numbers.back();
  const std::int64_t step = numbers.size() > 2 ? numbers[1] : 1;
  std::string out;
  if (step == 0) return CommandResult::failed(1, "seq: invalid Zero increment value: ‘0’\n");
  for (std::int64_t i = first, count = 0; (step > 0 ? i <= last : i >= last) && count < 10'000;
       i += step, ++count)
    out += fmt::format("{}\n", i);
  return CommandResult::printed(out);
}

CommandResult who_am_i(Session& session, const Invocation&) {
  return CommandResult::printed(session.actor + "\n");
}

CommandResult remove_files(Session& session, const Invocation& call) {
  CommandResult result;
  bool force = false;
  for (const auto& arg : call.args) {
    if (arg == "-f" || arg == "-rf" || arg == "-r") {
      force = force || arg.find('f') != std::string::npos;
    } else if (session.files.erase(arg) == 0 && !force) {
      result.err += fmt::format("rm: cannot remove '{}': No such file or directory\n", arg);
      result.exit_code = 1;
    }
  }
  return result;
}

CommandResult clear(Session&, const Invocation&) {
  return {};
}

CommandResult pace(Session& session, const Invocation& call) {
  const bool none = call.args.size() == 1 && call.args.front() == "none";
  if (!none && (call.args.size() != 1 || call.args.front() != "person"))
    return CommandResult::failed(2, "usage: pace person|none\n");
  session.options.takes_time = !none;
  return {};
}

CommandResult help(Session&, const Invocation& call) {
  std::string out;
  for (const ConsoleCommand& command : console_commands()) {
    const bool wanted = call.args.empty() || call.args.front() == command.name;
    if (wanted) out += fmt::format("{}\n", command.synopsis);
  }
  if (!out.empty()) return CommandResult::printed(out);
  return CommandResult::failed(1, fmt::format("bash: help: no help topics match `{}'.\n", call.args.front()));
}

Task<CommandResult> watch(Session& session, Invocation call) {
  auto read = leading_options("watch", call.args, "dtx", "n");
  if (!read) co_return CommandResult::failed(1, read.error().message + "\n");
  if (read->words.empty()) co_return CommandResult::failed(1, "Usage:\n watch [options] command\n");
  const std::string every = read->options.contains("n") ? read->options["n"] : "2";
  const auto interval = seconds_in(every);
  if (!interval || *interval <= SimDuration::zero())
    co_return CommandResult::failed(1, fmt::format("watch: failed to parse argument: '{}'\n", every));
  CommandResult all;
  for (int i = 0; i < watch_runs; ++i) {
    if (i > 0) {
      sleep_for pause(session.host, *interval);
      co_await pause;
    }
    if (!read->options.contains("t"))
      all.out += fmt::format("Every {:.1f}s: {}    {}\n\n", seconds_of(*interval), join(read->words, " "),
                             default_date(session));
    Task<CommandResult> running = run_command(session, read->words, {});
    CommandResult part = co_await running;
    all.out += part.out + part.err + (i + 1 < watch_runs ? "\n" : "");
    all.exit_code = 0;
    all.cannot_run = part.cannot_run;
    if (!all.cannot_run.empty()) break;
  }
  co_return all;
}

Task<CommandResult> xargs(Session& session, Invocation call) {
  auto read = leading_options("xargs", call.args, "rt0", "nIP");
  if (!read) co_return CommandResult::failed(1, read.error().message + "\n");
  std::vector<std::string> command = read->words.empty() ? std::vector<std::string>{"echo"} : read->words;
  const bool replaces = read->options.contains("I");
  std::vector<std::string> items;
  for (const auto& line : split_lines(call.input)) {
    if (replaces && !trimmed(line).empty()) items.emplace_back(trimmed(line));
    if (replaces) continue;
    for (const auto& word : split_at(line, ' '))
      if (!trimmed(word).empty()) items.emplace_back(trimmed(word));
  }
  std::size_t at_once = items.size();
  if (replaces || read->options.contains("n")) at_once = 1;
  if (read->options.contains("n"))
    std::from_chars(read->options["n"].data(), read->options["n"].data() + read->options["n"].size(),
                    at_once);
  CommandResult all;
  if (items.empty() && (replaces || read->options.contains("r"))) co_return all;
  std::size_t next = 0;
  do {
    std::vector<std::string> words = command;
    if (replaces) {
      for (auto& word : words)
        for (std::size_t at = 0; (at = word.find(read->options["I"], at)) != std::string::npos;) {
          word.replace(at, read->options["I"].size(), items[next]);
          at += items[next].size();
        }
      ++next;
    } else {
      for (std::size_t i = 0; i < at_once && next < items.size(); ++i) words.push_back(items[next++]);
    }
    Task<CommandResult> running = run_command(session, std::move(words), {});
    CommandResult part = co_await running;
    all.out += part.out;
    all.err += part.err;
    if (part.exit_code != 0) all.exit_code = part.exit_code == 127 ? 127 : 123;
    if (all.cannot_run.empty()) all.cannot_run = part.cannot_run;
  } while (next < items.size() && at_once > 0);
  co_return all;
}

Task<CommandResult> time(Session& session, Invocation call) {
  if (call.args.empty()) co_return CommandResult{};
  const SimTime began = session.host.now();
  Task<CommandResult> running = run_command(session, call.args, call.input);
  CommandResult result = co_await running;
  const double took = seconds_of(session.host.now() - began);
  const auto minutes = static_cast<int>(took / 60);
  result.err += fmt::format("\nreal\t{}m{:.3f}s\n", minutes, took - 60.0 * minutes);
  co_return result;
}

/// The limit is not kept: nothing here runs longer than its own --timeout; the command runs as it is.
Task<CommandResult> timeout(Session& session, Invocation call) {
  if (call.args.size() < 2 || !seconds_in(call.args.front()))
    co_return CommandResult::failed(125,
                                    "timeout: missing operand\nTry 'timeout --help' for more information.\n");
  const SimDuration limit = *seconds_in(call.args.front());
  const SimTime began = session.host.now();
  Task<CommandResult> running =
      run_command(session, std::vector<std::string>(call.args.begin() + 1, call.args.end()), call.input);
  CommandResult result = co_await running;
  if (session.host.now() - began > limit) result.exit_code = 124;
  co_return result;
}

}  // namespace muster::shell_tools
