#include "responders/runbook/line_kind.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "responders/console/command.hpp"
#include "responders/console/shell_syntax.hpp"
#include "responders/runbook/placeholder_text.hpp"
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

bool begins_structure(std::string_view line) {
  static const re2::RE2 structure(R"((for|while|until|if|function)\s.*|[A-Za-z_]\w*\s*\(\)\s*\{.*)");
  return re2::RE2::FullMatch(line, structure);
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

bool has_prompt(const FencedLine& line) {
  return line.text.starts_with("$ ");
}

/// "We are", "🚨 INCIDENT", "Service ->": no program is called so.
bool begins_a_sentence(std::string_view line) {
  return line.empty() || (line[0] >= 'A' && line[0] <= 'Z') || static_cast<unsigned char>(line[0]) >= 0x80 ||
         line[0] == '[' || line[0] == '{' || line[0] == '<';
}

}  // namespace

LineKind classify_line(std::string_view line) {
  line = trimmed(line);
  if (is_channel_name(line)) return LineKind::message;
  if (line.starts_with('#')) return LineKind::comment;
  if (begins_structure(line) && parse_shell(without_placeholders(line))) return LineKind::command;
  if (names_a_command(first_word(line))) return LineKind::command;
  if (is_query(line)) return LineKind::query;
  if (is_message(line)) return LineKind::message;
  return LineKind::command;
}

namespace {

/// How many lines from `first` on are one command that goes over several: a loop, a here-document, an open
/// quote. 1 if it is no such command.
std::size_t lines_of_command(const std::vector<std::string>& lines, std::size_t first) {
  const std::string_view begin = trimmed(lines[first]);
  const bool may_go_on = begins_structure(begin) || names_a_command(first_word(begin));
  if (!may_go_on || begin.ends_with('\\') || begin.starts_with('$')) return 1;
  std::string text = without_placeholders(begin);
  for (std::size_t count = 1; shell_is_unfinished(text); ++count) {
    if (first + count >= lines.size()) return 1;
    text += "\n" + without_placeholders(lines[first + count]);
    if (!shell_is_unfinished(text)) return parse_shell(text) ? count + 1 : 1;
  }
  return 1;
}

}  // namespace

std::vector<FencedLine> classify_block(std::string_view content, int first_line, bool shell) {
  std::vector<FencedLine> result;
  bool continues = false;
  const std::vector<std::string> lines = split_lines(content);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int number = first_line + static_cast<int>(i);
    const std::size_t count = continues ? 1 : lines_of_command(lines, i);
    if (count > 1) {
      const auto from = lines.begin() + static_cast<std::ptrdiff_t>(i);
      const std::string whole = join({from, from + static_cast<std::ptrdiff_t>(count)}, "\n");
      result.push_back(FencedLine{number, std::string(trimmed(whole)), LineKind::command});
      i += count - 1;
      continue;
    }
    const std::string_view text = trimmed(lines[i]);
    const bool more = text.ends_with('\\') && !text.starts_with('#');
    const std::string_view part = trimmed(more ? text.substr(0, text.size() - 1) : text);
    if (continues)
      (result.back().text += ' ') += part;
    else if (!text.empty())
      result.push_back(FencedLine{number, std::string(part), LineKind::comment});
    continues = more && !text.empty();
  }
  const bool prompted = std::any_of(result.begin(), result.end(), has_prompt);
  for (auto& line : result) {
    const bool typed = has_prompt(line);
    if (typed) line.text.erase(0, 2);
    line.kind = line.text.find('\n') == std::string::npos ? classify_line(line.text) : LineKind::command;
    if (prompted && !typed && line.kind != LineKind::comment) line.kind = LineKind::output;
    if (!shell && line.kind == LineKind::command && begins_a_sentence(line.text))
      line.kind = LineKind::message;
  }
  find_notes(result);
  return result;
}

}  // namespace muster
