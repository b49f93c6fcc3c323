#include "responders/console/text_tools.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "responders/console/filters.hpp"
#include "responders/text/base64.hpp"
#include "responders/text/lines.hpp"
#include "responders/text/options.hpp"

namespace muster::text_tools {
namespace {

std::optional<std::size_t> whole(std::string_view text) {
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "1", "2-4", "-3", "5-" and lists of them, as cut numbers fields from 1.
struct Ranges {
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  bool contains(std::size_t number) const {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const auto& part) { return number >= part.first && number <= part.second; });
  }
};

std::optional<Ranges> read_ranges(const std::string& text) {
  Ranges ranges;
  for (const std::string& part : split_at(text, ',')) {
    const auto dash = part.find('-');
    const auto first = whole(dash == 0 ? "1" : part.substr(0, dash));
    const std::string to = dash == std::string::npos ? part : part.substr(dash + 1);
    const auto last = to.empty() ? std::optional<std::size_t>(SIZE_MAX) : whole(to);
    if (!first || !last || *first == 0 || *last < *first || part == "-") return std::nullopt;
    ranges.parts.emplace_back(*first, *last);
  }
  return ranges;
}

struct CutOptions {
  char kind = 0;  // 'f', 'c' or 'b'
  std::string list, delimiter = "\t", output;
  bool only_delimited = false;
  std::vector<std::string> files;
};

Result<CutOptions> read_cut(const std::vector<std::string>& args) {
  CutOptions options;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (arg.size() < 2 || arg.front() != '-') {
      options.files.push_back(arg);
      continue;
    }
    if (arg == "-s") {
      options.only_delimited = true;
      continue;
    }
    const char letter = arg[1];
    if (std::string_view("fcbd").find(letter) == std::string_view::npos)
      return invalid_input(
          fmt::format("cut: invalid option -- '{}'\nTry 'cut --help' for more information.", letter));
    if (arg.size() == 2 && i + 1 >= args.size())
      return invalid_input(fmt::format(
          "cut: option requires an argument -- '{}'\nTry 'cut --help' for more information.", letter));
    const std::string value = arg.size() > 2 ? arg.substr(2) : args[++i];
    (letter == 'd' ? options.delimiter : options.list) = value;
    if (letter != 'd') options.kind = letter;
  }
  if (options.kind == 0)
    return invalid_input(
        "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more "
        "information.");
  if (options.delimiter.size() != 1)
    return invalid_input(
        "cut: the delimiter must be a single character\nTry 'cut --help' for more information.");
  return options;
}

std::string cut_line(const std::string& line, const CutOptions& options, const Ranges& ranges) {
  std::string out;
  if (options.kind != 'f') {
    for (std::size_t i = 0; i < line.size(); ++i)
      if (ranges.contains(i + 1)) out += line[i];
    return out;
  }
  const auto fields = split_at(line, options.delimiter.front());
  if (fields.size() == 1) return line;
  bool first = true;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!ranges.contains(i + 1)) continue;
    if (!std::exchange(first, false)) out += options.delimiter;
    out += fields[i];
  }
  return out;
}

/// "a-z" as all its characters; \n and \t.
std::string character_set(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      plain += text[i] == 'n' ? '\n' : text[i] == 't' ? '\t' : text[i];
    } else {
      plain += text[i];
    }
  }
  if (plain == "[:upper:]") plain = "A-Z";
  if (plain == "[:lower:]") plain = "a-z";
  if (plain == "[:digit:]") plain = "0-9";
  if (plain == "[:space:]") plain = " \t\n\r\v\f";
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i + 2 < plain.size() && plain[i + 1] == '-' && plain[i] <= plain[i + 2]) {
      for (int c = plain[i]; c <= plain[i + 2]; ++c) out += static_cast<char>(c);
      i += 2;
    } else {
      out += plain[i];
    }
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    if (c == 'n' || c == 't' || c == '\\')
      out += c == 'n' ? '\n' : c == 't' ? '\t' : '\\';
    else
      (out += '\\') += c;
  }
  return out;
}

}  // namespace

CommandResult uniq(Session& session, const Invocation& call) {
  static constexpr std::array known{OptionSpec{'c', "count"}, OptionSpec{'d', "repeated"},
                                    OptionSpec{'u', "unique"}};
  const GivenOptions given = read_options(call.args, known);
  if (given.fault)
    return CommandResult::failed(
        1, "uniq: " + getopt_text(given.fault) + "\nTry 'uniq --help' for more information.\n");
  const bool count = given.has('c'), repeated = given.has('d'), single = given.has('u');
  const auto text = filters::input_text(session, "uniq", given.operands(), call.input);
  if (!text) return CommandResult::failed(1, text.error().message + "\n");
  const auto lines = split_lines(*text);
  std::string out;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i;
    while (end < lines.size() && lines[end] == lines[i]) ++end;
    const bool shown = (!repeated || end - i > 1) && (!single || end - i == 1);
    if (shown && count) out += fmt::format("{:7} ", end - i);
    if (shown) out += lines[i] + "\n";
    i = end;
  }
  return CommandResult::printed(out);
}

CommandResult cut(Session& session, const Invocation& call) {
  const auto options = read_cut(call.args);
  if (!options) return CommandResult::failed(1, options.error().message + "\n");
  const auto ranges = read_ranges(options->list);
  if (!ranges)
    return CommandResult::failed(
        1, fmt::format("cut: invalid {} value ‘{}’\nTry 'cut --help' for more information.\n",
                       options->kind == 'f' ? "field" : "byte or character", options->list));
  const auto text = filters::input_text(session, "cut", options->files, call.input);
  if (!text) return CommandResult::failed(1, text.error().message + "\n");
  std::string out;
  for (const auto& line : split_lines(*text)) {
    if (options->only_delimited && line.find(options->delimiter) == std::string::npos) continue;
    out += cut_line(line, *options, *ranges) + "\n";
  }
  return CommandResult::printed(out);
}

CommandResult tee(Session& session, const Invocation& call) {
  bool append = false;
  for (const auto& arg : call.args) {
    if (arg == "-a" || arg == "--append") {
      append = true;
    } else if (arg.size() > 1 && arg.front() == '-') {
      return CommandResult::failed(
          1, fmt::format("tee: invalid option -- '{}'\nTry 'tee --help' for more information.\n", arg[1]));
    } else if (append) {
      session.files[arg] += call.input;
    } else {
      session.files[arg] = call.input;
    }
  }
  return CommandResult::printed(call.input);
}

CommandResult translate(Session&, const Invocation& call) {
  bool remove = false, squeeze = false;
  std::vector<std::string> sets;
  for (const auto& arg : call.args) {
    if (arg == "-d")
      remove = true;
    else if (arg == "-s")
      squeeze = true;
    else if (arg.size() > 1 && arg.front() == '-' && arg != "--")
      return CommandResult::failed(
          1, fmt::format("tr: invalid option -- '{}'\nTry 'tr --help' for more information.\n", arg[1]));
    else
      sets.push_back(character_set(arg));
  }
  if (sets.empty() || (!remove && !squeeze && sets.size() < 2))
    return CommandResult::failed(1, "tr: missing operand\nTry 'tr --help' for more information.\n");
  std::string out;
  for (const char c : call.input) {
    const auto at = sets[0].find(c);
    if (remove && at != std::string::npos) continue;
    const bool mapped = at != std::string::npos && !remove && sets.size() > 1 && !sets[1].empty();
    const char now = mapped ? sets[1][std::min(at, sets[1].size() - 1)] : c;
    const bool repeats = squeeze && at != std::string::npos && !out.empty() && out.back() == now;
    if (!repeats) out += now;
  }
  return CommandResult::printed(out);
}

CommandResult base64(Session& session, const Invocation& call) {
  static constexpr std::array known{OptionSpec{'d', "decode"}, OptionSpec{'D', {}},
                                    valued_option('w', "wrap")};
  const GivenOptions given = read_options(call.args, known);
  if (given.fault)
    return CommandResult::failed(
        1, "base64: " + getopt_text(given.fault) + "\nTry 'base64 --help' for more information.\n");
  std::size_t wrap = 76;
  for (const GivenOption& each : given.all)
    if (each.is('w')) wrap = whole(each.value).value_or(76);
  const auto text = filters::input_text(session, "base64", given.operands(), call.input);
  if (!text) return CommandResult::failed(1, text.error().message + "\n");
  if (given.has('d') || given.has('D')) {
    const auto bytes = base64_decoded(*text);
    return bytes ? CommandResult::printed(*bytes) : CommandResult::failed(1, "base64: invalid input\n");
  }
  const std::string code = base64_encoded(*text);
  if (wrap == 0) return CommandResult::printed(code);
  std::string out;
  for (std::size_t at = 0; at < code.size(); at += wrap) out += code.substr(at, wrap) + "\n";
  return CommandResult::printed(out);
}

CommandResult printf(Session&, const Invocation& call) {
  if (call.args.empty())
    return CommandResult::failed(2, "bash: printf: usage: printf [-v var] format [arguments]\n");
  const std::string format = unescaped(call.args.front());
  std::string out;
  std::size_t next = 1;
  do {
    for (std::size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 == format.size()) {
        out += format[i];
        continue;
      }
      const char kind = format[++i];
      if (kind == '%') {
        out += '%';
      } else if (kind == 's' || kind == 'd' || kind == 'b') {
        out += next < call.args.size() ? call.args[next++] : kind == 'd' ? "0" : "";
      } else {
        return CommandResult::refused(
            fmt::format("printf: the conversion %{} is not built in this console", kind));
      }
    }
  } while (next > 1 && next < call.args.size());
  return CommandResult::printed(out);
}

}  // namespace muster::text_tools
