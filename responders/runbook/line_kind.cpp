#include "responders/runbook/line_kind.hpp"

#include <re2/re2.h>

#include <algorithm>

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

bool has_prompt(const FencedLine& line) {
  return line.text.starts_with("$ ");
}

/// "We are", "🚨 INCIDENT", "Service ->": no program is called so.
bool begins_a_sentence(std::string_view line) {
  return line.empty() || (line[0] >= 'A' && line[0] <= 'Z') || static_cast<unsigned char>(line[0]) >= 0x80 ||
         line[0] == '[' || line[0] == '{' || line[0] == '<';
}

/// Whether a quote is open at the end.
bool has_open_quote(std::string_view text) {
  char open = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && open != '\'')
      ++i;
    else if (open == 0 && (text[i] == '\'' || text[i] == '"'))
      open = text[i];
    else if (text[i] == open)
      open = 0;
  }
  return open != 0;
}

/// How many lines the command that begins with the first has; 1 if its end is not to be found.
std::size_t lines_of_command(const std::vector<FencedLine>& lines, std::size_t first) {
  static const re2::RE2 here(R"(<<-?\s*['"]?([A-Za-z_]+)['"]?)");
  static const re2::RE2 loop(R"((for|while|until|if)\s.*)");
  const std::string& text = lines[first].text;
  const bool loops = re2::RE2::FullMatch(text, loop);
  std::string end;
  if (loops) end = text.starts_with("if") ? "fi" : "done";
  re2::RE2::PartialMatch(text, here, &end);
  if (loops && re2::RE2::PartialMatch(text, "\\b" + end + "\\b")) return 1;
  std::string so_far = text;
  for (std::size_t i = first + 1; i < lines.size(); ++i) {
    so_far += "\n" + lines[i].typed;
    const bool ends = end.empty() ? !has_open_quote(so_far) : lines[i].text.starts_with(end);
    if (ends) return i + 1 - first;
  }
  return 1;
}

void join_open_lines(std::vector<FencedLine>& lines) {
  std::vector<FencedLine> joined;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    FencedLine line = lines[i];
    const std::string_view first = first_word(line.text);
    const bool loops = first == "for" || first == "while" || first == "until" || first == "if";
    const bool opens = loops || (names_a_command(first) &&
                                 (has_open_quote(line.text) || line.text.find("<<") != std::string::npos));
    const std::size_t count = opens ? lines_of_command(lines, i) : 1;
    for (std::size_t more = 1; more < count; ++more)
      line.text += "\n" + (more + 1 < count ? lines[i + more].typed : lines[i + more].text);
    i += count - 1;
    joined.push_back(std::move(line));
  }
  lines = std::move(joined);
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

std::vector<FencedLine> classify_block(std::string_view content, int first_line, bool shell) {
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
      result.push_back(FencedLine{number, std::string(part), LineKind::comment, line});
    continues = more && !text.empty();
    ++number;
  }
  const bool prompted = std::any_of(result.begin(), result.end(), has_prompt);
  join_open_lines(result);
  for (auto& line : result) {
    const bool typed = has_prompt(line);
    if (typed) line.text.erase(0, 2);
    line.kind = classify_line(line.text);
    if (prompted && !typed && line.kind != LineKind::comment) line.kind = LineKind::output;
    if (!shell && line.kind == LineKind::command && begins_a_sentence(line.text))
      line.kind = LineKind::message;
  }
  find_notes(result);
  return result;
}

}  // namespace muster
