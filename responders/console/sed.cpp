// sed over RE2: s/// with g, i, p and a number, d, p, q, with line numbers, $ and /patterns/ as addresses.
#include <fmt/format.h>
#include <re2/re2.h>

#include <charconv>
#include <memory>

#include "responders/console/filters.hpp"
#include "responders/console/regular_expression.hpp"
#include "responders/console/text_tools.hpp"
#include "responders/text/lines.hpp"

namespace muster::text_tools {
namespace {

struct Address {
  enum class Kind { none, line, last, pattern } kind = Kind::none;
  std::size_t line = 0;
  std::shared_ptr<re2::RE2> pattern;
};

struct SedCommand {
  Address from, to;
  bool negated = false, active = false;  // active: within from,to
  char verb = 's';
  std::shared_ptr<re2::RE2> pattern;
  std::string replacement;  // of RE2: \1; & is \0
  bool every = false, prints = false;
  std::size_t which = 1;
};

struct SedOptions {
  bool quiet = false, extended = false, in_place = false;
  std::vector<std::string> scripts, files;
};

class SedReader {
 public:
  SedReader(std::string_view text, bool extended) : text_(text), extended_(extended) {}

  Result<std::vector<SedCommand>> read() {
    std::vector<SedCommand> commands;
    for (;;) {
      while (at_ < text_.size() && std::string_view(" \t\n;").find(text_[at_]) != std::string_view::npos)
        ++at_;
      if (at_ >= text_.size()) return commands;
      SedCommand command;
      const auto part = read_command(command);
      if (!part) return part.error();
      commands.push_back(std::move(command));
    }
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  Error bad(const std::string& why) const {
    return invalid_input(fmt::format("sed: -e expression #1, char {}: {}", at_ + 1, why));
  }

  Result<void> read_command(SedCommand& command) {
    auto address = read_address(command.from);
    if (address && peek() == ',') {
      ++at_;
      address = read_address(command.to);
    }
    if (!address) return address;
    while (peek() == ' ') ++at_;
    if (peek() == '!') {
      command.negated = true;
      ++at_;
    }
    command.verb = peek();
    ++at_;
    if (command.verb == 'd' || command.verb == 'p' || command.verb == 'q') return {};
    if (command.verb == 's') return read_substitution(command);
    if (command.verb == '\0') return bad("missing command");
    if (std::string_view("aic").find(command.verb) != std::string_view::npos) return read_text(command);
    return bad(fmt::format("unknown command: `{}'", command.verb));
  }

  /// a, i, c TEXT to the end of the line.
  Result<void> read_text(SedCommand& command) {
    if (peek() == '\\') ++at_;
    while (peek() == ' ' || peek() == '\n') ++at_;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    command.replacement = std::string(text_.substr(at_, end - at_));
    at_ = end;
    return {};
  }

  Result<void> read_address(Address& address) {
    if (peek() >= '0' && peek() <= '9') {
      address.kind = Address::Kind::line;
      const auto read = std::from_chars(text_.data() + at_, text_.data() + text_.size(), address.line);
      at_ = static_cast<std::size_t>(read.ptr - text_.data());
    } else if (peek() == '$') {
      address.kind = Address::Kind::last;
      ++at_;
    } else if (peek() == '/') {
      address.kind = Address::Kind::pattern;
      const auto pattern = until('/');
      if (!pattern) return bad("unterminated address regex");
      return compile(*pattern, false, address.pattern);
    }
    return {};
  }

  /// The text behind the delimiter at the cursor, up to the next one; the cursor is left on it.
  std::optional<std::string> part(char delimiter) {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != delimiter; ++at_) {
      const bool escaped = text_[at_] == '\\' && at_ + 1 < text_.size();
      if (escaped && text_[at_ + 1] != delimiter) out += text_[at_];
      if (escaped) ++at_;
      out += text_[at_];
    }
    if (at_ >= text_.size()) return std::nullopt;
    return out;
  }
  std::optional<std::string> until(char delimiter) {
    auto out = part(delimiter);
    if (out) ++at_;
    return out;
  }

  Result<void> compile(const std::string& pattern, bool ignore_case, std::shared_ptr<re2::RE2>& result) {
    result = std::shared_ptr<re2::RE2>(compile_expression(pattern, extended_, ignore_case));
    return result->ok() ? Result<void>() : bad(result->error());
  }

  Result<void> read_substitution(SedCommand& command) {
    const char delimiter = peek();
    const auto pattern = part(delimiter);
    const auto replacement = pattern ? until(delimiter) : std::nullopt;
    if (!replacement) return bad("unterminated `s' command");
    bool ignore_case = false;
    for (; at_ < text_.size(); ++at_) {
      const char flag = text_[at_];
      if (flag == 'g')
        command.every = true;
      else if (flag == 'i' || flag == 'I')
        ignore_case = true;
      else if (flag == 'p')
        command.prints = true;
      else if (flag >= '1' && flag <= '9')
        command.which = static_cast<std::size_t>(flag - '0');
      else if (flag == ';' || flag == '\n' || flag == ' ' || flag == '}')
        break;
      else
        return bad("unknown option to `s'");
    }
    for (std::size_t i = 0; i < replacement->size(); ++i) {
      const char c = (*replacement)[i];
      if (c == '\\' && i + 1 < replacement->size()) {
        const char next = (*replacement)[++i];
        command.replacement += next == 'n'   ? std::string("\n")
                               : next == '&' ? std::string("&")
                                             : std::string("\\") + next;
      } else {
        command.replacement += c == '&' ? std::string("\\0") : std::string(1, c);
      }
    }
    return compile(*pattern, ignore_case, command.pattern);
  }

  std::string_view text_;
  bool extended_;
  std::size_t at_ = 0;
};

bool hits(const Address& address, std::size_t number, std::size_t lines, const std::string& line) {
  switch (address.kind) {
    case Address::Kind::line:
      return number == address.line;
    case Address::Kind::last:
      return number == lines;
    case Address::Kind::pattern:
      return re2::RE2::PartialMatch(line, *address.pattern);
    case Address::Kind::none:
      return true;
  }
  return true;
}

bool selected(SedCommand& command, std::size_t number, std::size_t lines, const std::string& line) {
  if (command.to.kind == Address::Kind::none)
    return hits(command.from, number, lines, line) != command.negated;
  const bool inside = command.active || hits(command.from, number, lines, line);
  const bool was = std::exchange(command.active, inside);
  if (inside && was && hits(command.to, number, lines, line)) command.active = false;
  if (inside && command.to.kind == Address::Kind::line && number >= command.to.line) command.active = false;
  return inside != command.negated;
}

bool substitute(const SedCommand& command, std::string& line) {
  std::string out;
  re2::StringPiece groups[10];
  std::size_t at = 0, found = 0;
  while (at <= line.size() &&
         command.pattern->Match(line, at, line.size(), re2::RE2::UNANCHORED, groups, 10)) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - line.data());
    out.append(line, at, begin - at);
    const bool replaces = ++found >= command.which && (command.every || found == command.which);
    if (replaces)
      command.pattern->Rewrite(&out, command.replacement, groups,
                               std::min(10, 1 + command.pattern->NumberOfCapturingGroups()));
    else
      out.append(groups[0].data(), groups[0].size());
    at = begin + groups[0].size();
    if (groups[0].empty() && at < line.size()) out += line[at];
    if (groups[0].empty()) ++at;
    if (replaces && !command.every) break;
  }
  if (at < line.size()) out.append(line, at, std::string::npos);
  if (found < command.which) return false;
  line = std::move(out);
  return true;
}

std::string edited(std::vector<SedCommand> commands, const std::string& text, bool quiet) {
  const auto lines = split_lines(text);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string line = lines[i], behind;
    bool kept = true, ends = false;
    for (SedCommand& command : commands) {
      if (!selected(command, i + 1, lines.size(), line)) continue;
      if (command.verb == 's' && substitute(command, line) && command.prints) out += line + "\n";
      if (command.verb == 'p') out += line + "\n";
      if (command.verb == 'i') out += command.replacement + "\n";
      if (command.verb == 'a') behind += command.replacement + "\n";
      if (command.verb == 'c') line = command.replacement;
      ends = ends || command.verb == 'q';
      kept = command.verb != 'd';
      if (!kept || ends) break;
    }
    if (kept && !quiet) out += line + "\n";
    out += behind;
    if (ends) break;
  }
  return out;
}

Result<SedOptions> read_options(const std::vector<std::string>& args) {
  SedOptions options;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (arg == "-n")
      options.quiet = true;
    else if (arg == "-E" || arg == "-r")
      options.extended = true;
    else if (arg == "-i" || arg == "-i.bak")
      options.in_place = true;
    else if (arg == "-e" && i + 1 < args.size())
      options.scripts.push_back(args[++i]);
    else if (arg.size() > 1 && arg.front() == '-')
      return invalid_input(fmt::format("sed: invalid option -- '{}'", arg[1]));
    else
      options.files.push_back(arg);
  }
  if (options.scripts.empty()) {
    if (options.files.empty())
      return invalid_input("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...");
    options.scripts.push_back(options.files.front());
    options.files.erase(options.files.begin());
  }
  return options;
}

}  // namespace

CommandResult sed(Session& session, const Invocation& call) {
  const auto options = read_options(call.args);
  if (!options) return CommandResult::failed(1, options.error().message + "\n");
  const auto commands = SedReader(join(options->scripts, "\n"), options->extended).read();
  if (!commands) return CommandResult::failed(1, commands.error().message + "\n");
  if (options->in_place) {
    for (const auto& file : options->files) {
      const auto found = session.files.find(file);
      if (found == session.files.end())
        return CommandResult::failed(2, fmt::format("sed: can't read {}: No such file or directory\n", file));
      found->second = edited(*commands, found->second, options->quiet);
    }
    return {};
  }
  const auto text = filters::input_text(session, "sed", options->files, call.input);
  if (!text) return CommandResult::failed(2, text.error().message + "\n");
  return CommandResult::printed(edited(*commands, *text, options->quiet));
}

}  // namespace muster::text_tools
