// YAML in the manner of sigs.k8s.io/yaml (go-yaml v2): which scalars are quoted, and how, follows that
// library's encoder and emitter (go-yaml v2 encode.go, resolve.go, emitterc.go).
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "responders/text/json_value.hpp"

namespace muster {
namespace {

/// A plain scalar with this text would be read back as something other than a string.
bool resolves_to_another_type(const std::string& text) {
  static constexpr std::array words{"y",    "Y",     "yes",   "Yes",   "YES",   "n",     "N",     "no",
                                    "No",   "NO",    "true",  "True",  "TRUE",  "false", "False", "FALSE",
                                    "on",   "On",    "ON",    "off",   "Off",   "OFF",   "~",     "null",
                                    "Null", "NULL",  "<<",    ".nan",  ".NaN",  ".NAN",  ".inf",  ".Inf",
                                    ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"};
  static const re2::RE2 number(R"([-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?)");
  static const re2::RE2 other_base(R"([-+]?0(x[0-9a-fA-F_]+|b[01_]+|o[0-7_]+))");
  static const re2::RE2 sexagesimal(R"([-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)");
  static const re2::RE2 timestamp(
      R"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \t]+)[0-9:.]+([ \t]*(Z|[-+][0-9:]+))?)?)");
  if (text.empty()) return true;
  if (std::find(words.begin(), words.end(), text) != words.end()) return true;
  return re2::RE2::FullMatch(text, number) || re2::RE2::FullMatch(text, other_base) ||
         re2::RE2::FullMatch(text, sexagesimal) || re2::RE2::FullMatch(text, timestamp);
}

bool needs_escapes(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n') || byte == 0x7f;
  });
}

bool indicator_forbids_plain(const std::string& text, std::size_t i) {
  const char c = text[i];
  const bool then_blank = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';
  if (c == ':') return then_blank;
  if (c == '#') return i == 0 || text[i - 1] == ' ';
  if (i != 0) return false;
  if (c == '-' || c == '?') return then_blank;
  return std::string_view(",[]{}&*!|>'\"%@`").find(c) != std::string_view::npos;
}

bool plain_allowed(const std::string& text) {
  if (text.front() == ' ' || text.back() == ' ') return false;
  if (text.starts_with("---") || text.starts_with("...")) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (indicator_forbids_plain(text, i)) return false;
  return true;
}

std::string double_quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\x{:02X}", byte);
    else
      out += c;
  }
  return out + "\"";
}

std::string single_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

bool block_allowed(const std::string& text) {
  return !needs_escapes(text) && text.find(" \n") == std::string::npos && text.back() != ' ' && text != "\n";
}

/// "|", with the chomping mark, and the lines indented by `indent` blanks.
std::string literal_block(const std::string& text, int indent) {
  std::string out = "|";
  if (text.front() == ' ' || text.front() == '\n') out += "2";
  if (text.back() != '\n')
    out += '-';
  else if (text.size() > 1 && text[text.size() - 2] == '\n')
    out += '+';
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    out += '\n';
    if (end > start) out.append(static_cast<std::size_t>(indent), ' ').append(text, start, end - start);
    start = end + 1;
  }
  return out;
}

std::string scalar_text(const std::string& text, int indent) {
  if (text.find('\n') != std::string::npos)
    return block_allowed(text) ? literal_block(text, indent) : double_quoted(text);
  if (resolves_to_another_type(text) || needs_escapes(text)) return double_quoted(text);
  return plain_allowed(text) ? text : single_quoted(text);
}

std::string scalar(const JsonValue& value, int indent) {
  if (value.is_string()) return scalar_text(value.text(), indent);
  if (value.is_object()) return "{}";
  if (value.is_array()) return "[]";
  return to_json(value);
}

bool is_block(const JsonValue& value) {
  return (value.is_object() || value.is_array()) && !value.is_empty();
}

/// `start`: the first line's indentation is already written ("- ").
void append_block(std::string& out, const JsonValue& value, int indent, bool started) {
  const std::string blanks(static_cast<std::size_t>(indent), ' ');
  for (const auto& item : value.items()) {
    if (!started) out += blanks;
    started = false;
    out += "- ";
    if (is_block(item))
      append_block(out, item, indent + 2, true);
    else
      out += scalar(item, indent + 2) + "\n";
  }
  for (const auto& [key, member] : value.members()) {
    if (!started) out += blanks;
    started = false;
    out += scalar_text(key, indent) + ":";
    if (is_block(member)) {
      out += "\n";
      append_block(out, member, member.is_array() ? indent : indent + 2, false);
    } else {
      out += " " + scalar(member, indent + 2) + "\n";
    }
  }
}

}  // namespace

std::string to_yaml(const JsonValue& value) {
  if (!is_block(value)) return scalar(value, 0) + "\n";
  std::string out;
  append_block(out, value, 0, false);
  return out;
}

}  // namespace muster
