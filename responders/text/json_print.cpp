// JSON as kubectl prints it and as it is sent.
#include <fmt/format.h>

#include "responders/text/json_value.hpp"

namespace muster {
namespace {

void append_escaped(std::string& out, char c, bool html) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || (html && (c == '<' || c == '>' || c == '&')))
    out += fmt::format("\\u{:04x}", byte);
  else
    out += c;
}

void append_string(std::string& out, const std::string& text, bool html) {
  out += '"';
  for (const char c : text) append_escaped(out, c, html);
  out += '"';
}

/// `indent` < 0: on one line.
struct Printer {
  std::string& out;
  int step;
  bool html;

  void line(int depth) const {
    if (step == 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(depth * step), ' ');
  }

  void object(const JsonValue& value, int depth) const {
    out += '{';
    bool first = true;
    for (const auto& [key, member] : value.members()) {
      if (!first) out += ',';
      first = false;
      line(depth + 1);
      append_string(out, key, html);
      out += step == 0 ? ":" : ": ";
      print(member, depth + 1);
    }
    if (!first) line(depth);
    out += '}';
  }

  void array(const JsonValue& value, int depth) const {
    out += '[';
    bool first = true;
    for (const auto& item : value.items()) {
      if (!first) out += ',';
      first = false;
      line(depth + 1);
      print(item, depth + 1);
    }
    if (!first) line(depth);
    out += ']';
  }

  void print(const JsonValue& value, int depth) const {
    if (value.is_object()) return object(value, depth);
    if (value.is_array()) return array(value, depth);
    if (value.is_string()) return append_string(out, value.text(), html);
    if (value.is_bool())
      out += value.truth() ? "true" : "false";
    else if (value.is_whole())
      out += fmt::format("{}", value.whole());
    else if (value.is_real())
      out += fmt::format("{}", value.real());
    else
      out += "null";
  }
};

}  // namespace

std::string to_json(const JsonValue& value) {
  std::string out;
  Printer{out, 0, false}.print(value, 0);
  return out;
}

std::string to_pretty_json(const JsonValue& value) {
  std::string out;
  Printer{out, 4, true}.print(value, 0);
  return out;
}

std::string display_text(const JsonValue& value) {
  return value.is_string() ? value.text() : value.is_null() ? std::string() : to_json(value);
}

}  // namespace muster
