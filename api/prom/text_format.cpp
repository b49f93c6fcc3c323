#include "api/prom/text_format.hpp"

#include <fmt/format.h>

#include "telemetry/promql/literal.hpp"

namespace muster::prom {
namespace {

std::string escaped(std::string_view text, bool in_quotes) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && in_quotes) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string help_line(std::string_view name, std::string_view help) {
  return fmt::format("# HELP {} {}\n", name, escaped(help, false));
}

std::string type_line(std::string_view name, std::string_view type) {
  return fmt::format("# TYPE {} {}\n", name, type);
}

std::string sample_line(std::string_view name, const Labels& labels, double value,
                        std::optional<std::int64_t> unix_ms) {
  std::string list;
  for (const auto& [label, text] : labels) {
    if (label == "__name__") continue;
    list += list.empty() ? "{" : ",";
    list += fmt::format("{}=\"{}\"", label, escaped(text, true));
  }
  if (!list.empty()) list += "}";
  std::string line = fmt::format("{}{} {}", name, list, promql::format_short(value));
  if (unix_ms) line += fmt::format(" {}", *unix_ms);
  return line + "\n";
}

}  // namespace muster::prom
