#include "responders/jq/jq.hpp"

#include <fmt/format.h>

#include "responders/console/filters.hpp"
#include "responders/jq/jq_filter.hpp"

namespace muster {
namespace {

struct JqOptions {
  bool raw = false, compact = false, slurp = false, no_input = false, set_exit = false, joined = false;
  std::string filter;
  std::vector<std::string> files;
};

Result<JqOptions> read_options(const std::vector<std::string>& args) {
  JqOptions options;
  bool has_filter = false;
  for (const std::string& arg : args) {
    if (arg == "--raw-output" || arg == "--compact-output" || arg == "--slurp" || arg == "--exit-status" ||
        arg == "--null-input" || arg == "--sort-keys" || arg == "--join-output") {
      options.raw = options.raw || arg == "--raw-output" || arg == "--join-output";
      options.joined = options.joined || arg == "--join-output";
      options.compact = options.compact || arg == "--compact-output";
      options.slurp = options.slurp || arg == "--slurp";
      options.set_exit = options.set_exit || arg == "--exit-status";
      options.no_input = options.no_input || arg == "--null-input";
    } else if (arg.size() > 1 && arg.front() == '-' && arg[1] != '-') {
      for (const char flag : arg.substr(1)) {
        if (std::string_view("rcsenSjCM").find(flag) == std::string_view::npos)
          return invalid_input(
              fmt::format("jq: Unknown arguments\nUse jq --help for help with command-line options,\nor "
                          "see the jq manpage, or online docs  at https://stedolan.github.io/jq"));
        options.raw = options.raw || flag == 'r' || flag == 'j';
        options.joined = options.joined || flag == 'j';
        options.compact = options.compact || flag == 'c';
        options.slurp = options.slurp || flag == 's';
        options.set_exit = options.set_exit || flag == 'e';
        options.no_input = options.no_input || flag == 'n';
      }
    } else if (arg.starts_with("--")) {
      return invalid_input(fmt::format("jq: {} is not built in this console", arg));
    } else if (!std::exchange(has_filter, true)) {
      options.filter = arg;
    } else {
      options.files.push_back(arg);
    }
  }
  if (!has_filter) options.filter = ".";
  return options;
}

void print_pretty(const JsonValue& value, const std::string& indent, std::string& out) {
  if (value.is_empty() || (!value.is_object() && !value.is_array())) {
    out += value.is_object() ? "{}" : value.is_array() ? "[]" : to_json(value);
    return;
  }
  out += value.is_object() ? "{" : "[";
  bool first = true;
  const auto next = [&] { out += (std::exchange(first, false) ? "\n" : ",\n") + indent + "  "; };
  for (const auto& [key, inner] : value.members()) {
    next();
    out += to_json(JsonValue(key)) + ": ";
    print_pretty(inner, indent + "  ", out);
  }
  for (const JsonValue& inner : value.items()) {
    next();
    print_pretty(inner, indent + "  ", out);
  }
  out += "\n" + indent + (value.is_object() ? "}" : "]");
}

std::string shown(const JsonValue& value, const JqOptions& options) {
  std::string out;
  if (options.raw && value.is_string())
    out = value.text();
  else if (options.compact)
    out = to_json(value);
  else
    print_pretty(value, "", out);
  return options.joined ? out : out + "\n";
}

/// The JSON texts of a stream, one behind the other.
Result<std::vector<JsonValue>> inputs_of(const std::string& text) {
  std::vector<JsonValue> values;
  std::size_t begin = 0;
  int depth = 0;
  bool quoted = false, any = false;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
      continue;
    }
    quoted = c == '"';
    depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    any = any || !blank;
    const bool ends = any && depth <= 0 && !quoted && (blank || c == '}' || c == ']');
    if (!ends) continue;
    auto value = parse_json(std::string_view(text).substr(begin, i + (blank ? 0 : 1) - begin));
    if (!value) return invalid_input("jq: error (at <stdin>:0): " + value.error().message);
    values.push_back(std::move(*value));
    begin = i + 1;
    any = false;
  }
  if (any || depth > 0) return invalid_input("jq: error (at <stdin>:0): Unfinished JSON term");
  return values;
}

}  // namespace

CommandResult jq(Session& session, const Invocation& call) {
  const auto options = read_options(call.args);
  if (!options) return CommandResult::failed(2, options.error().message + "\n");
  const auto filter = parse_jq(options->filter);
  if (!filter) {
    const std::string& why = filter.error().message;
    if (why.find("not built") != std::string::npos) return CommandResult::refused("jq: " + why);
    return CommandResult::failed(
        3, fmt::format("jq: error: {} (Unix shell quoting issues?) at <top-level>, line 1:\n{}\njq: 1 "
                       "compile error\n",
                       why, options->filter));
  }
  const auto text = filters::input_text(session, "jq", options->files, call.input);
  if (!text) return CommandResult::failed(2, text.error().message + "\n");
  auto inputs =
      options->no_input ? Result<std::vector<JsonValue>>(std::vector<JsonValue>(1)) : inputs_of(*text);
  if (!inputs) return CommandResult::failed(2, inputs.error().message + "\n");
  if (options->slurp) inputs = std::vector<JsonValue>{JsonValue(JsonValue::Array(*inputs))};
  CommandResult result;
  JsonValue last;
  for (const JsonValue& input : *inputs) {
    const auto outputs = run_jq(**filter, input);
    if (!outputs) {
      result.err += "jq: error (at <stdin>:0): " + outputs.error().message + "\n";
      result.exit_code = 5;
      continue;
    }
    for (const JsonValue& value : *outputs) {
      result.out += shown(value, *options);
      last = value;
    }
  }
  if (options->set_exit && result.exit_code == 0)
    result.exit_code = last.is_null() || (last.is_bool() && !last.truth()) ? 1 : 0;
  return result;
}

}  // namespace muster
