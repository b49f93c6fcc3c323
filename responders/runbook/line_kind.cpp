#include "responders/runbook/line_kind.hpp"

#include <re2/re2.h>

#include "responders/console/command.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

/// The word that would be run: assignments before it and a prompt are passed over.
std::string_view first_word(std::string_view line) {
  static const re2::RE2 assignment(R"([A-Za-z_][A-Za-z0-9_]*=[^ ]*)");
  if (line.starts_with("$ ")) line.remove_prefix(2);
  for (;;) {
    line = trimmed(line);
    const auto word = line.substr(0, line.find_first_of(" \t"));
    if (word.empty() || !re2::RE2::FullMatch(word, assignment) || word.size() == line.size()) return word;
    line.remove_prefix(word.size());
  }
}

bool is_channel_name(std::string_view line) {
  static const re2::RE2 channel(R"(#[a-z0-9][-a-zA-Z0-9_<>]*-[-a-zA-Z0-9_<>]*)");
  return re2::RE2::FullMatch(line, channel);
}

/// "**INCIDENT DECLARED - P0**", "Impact: All services unavailable", "- 14:30: alert".
bool is_message(std::string_view line) {
  static const re2::RE2 label(R"([A-Z][A-Za-z /]*:( .*)?)");
  return line.starts_with("**") || line.starts_with("- ") || re2::RE2::FullMatch(line, label);
}

/// A PromQL expression: a function or metric followed by ( [ or {, or an aggregation with its clause.
bool is_query(std::string_view line) {
  static const re2::RE2 call(R"([a-zA-Z_:][a-zA-Z0-9_:]*\s*(\(.*|\{.*\}.*|\[[0-9]+[smhdwy]\].*))");
  static const re2::RE2 aggregation(
      R"((sum|avg|min|max|count|topk|bottomk|quantile|stddev|group)\s*(by|without)?\s*\(.*)");
  static const re2::RE2 comparison(R"([a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})?\s*(==|!=|>=|<=|>|<)\s*[0-9.]+)");
  return re2::RE2::FullMatch(line, aggregation) || re2::RE2::FullMatch(line, call) ||
         re2::RE2::FullMatch(line, comparison);
}

/// A comment counts as explaining what comes next until a blank line after which no command or query follows.
void find_notes(std::vector<FencedLine>& lines) {
  bool explains = false;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line->kind != LineKind::comment) {
      explains = line->kind != LineKind::note;
      continue;
    }
    const auto below = line == lines.rbegin() ? nullptr : &*(line - 1);
    if (below == nullptr || below->line > line->line + 1) explains = false;
    if (!explains) line->kind = LineKind::note;
  }
}

}  // namespace

LineKind classify_line(std::string_view line) {
  line = trimmed(line);
  if (is_channel_name(line)) return LineKind::message;
  if (line.starts_with('#')) return LineKind::comment;
  if (names_a_command(first_word(line))) return LineKind::command;
  if (is_query(line)) return LineKind::query;
  if (is_message(line)) return LineKind::message;
  return LineKind::command;
}

std::vector<FencedLine> classify_block(std::string_view content, int first_line) {
  std::vector<FencedLine> result;
  bool continues = false;
  int number = first_line;
  for (const auto& line : split_lines(content)) {
    const std::string_view text = trimmed(line);
    const bool more = text.ends_with('\\') && !text.starts_with('#');
    const std::string_view part = trimmed(more ? text.substr(0, text.size() - 1) : text);
    if (continues)
      (result.back().text += ' ') += part;
    else if (!text.empty())
      result.push_back(FencedLine{number, std::string(part), LineKind::comment});
    continues = more && !text.empty();
    ++number;
  }
  for (auto& line : result) {
    if (line.text.starts_with("$ ")) line.text.erase(0, 2);
    line.kind = classify_line(line.text);
  }
  find_notes(result);
  return result;
}

}  // namespace muster
