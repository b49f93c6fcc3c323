#include "responders/lint/page_text.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::vector<std::string> cells_of(std::string_view row) {
  row = trimmed(row);
  row.remove_prefix(1);
  if (row.ends_with('|')) row.remove_suffix(1);
  std::vector<std::string> cells;
  for (const std::string& cell : split_at(row, '|')) cells.emplace_back(trimmed(cell));
  return cells;
}

bool is_rule_of_table(const std::string& line) {
  return re2::RE2::FullMatch(line, R"(\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*)");
}

std::string title_above(const RunbookPage& page, int line) {
  std::string title;
  for (const RunbookSection& section : page.document().sections)
    if (section.line <= line) title = section.title;
  return title;
}

std::string text_between(const RunbookPage& page, std::size_t first, std::size_t end) {
  std::string text;
  for (std::size_t step = first; step < end; ++step)
    text += " " + page.document().steps[step].explanation + " " + page.document().steps[step].text;
  for (const RunbookSection& section : page.document().sections)
    if (section.first_step >= first && section.end_step <= end) text += " " + section.title;
  return lower_case(text);
}

/// Takes the lines one by one; a table's header is the line before its rule.
class LineTaker {
 public:
  explicit LineTaker(const RunbookPage& page) : page_(page) {}

  std::vector<PageLine> take() {
    for (std::size_t i = 0; i < page_.lines().size(); ++i) line(i);
    return std::move(taken_);
  }

 private:
  void line(std::size_t i) {
    const std::string& text = page_.lines()[i];
    const std::string_view start = trimmed(text);
    const int number = static_cast<int>(i) + 1;
    if (start.starts_with("```") || start.starts_with("~~~")) {
      fenced_ = !fenced_;
      return;
    }
    const bool row = !fenced_ && start.starts_with('|');
    if (!row) header_.clear();
    if (!row || is_rule_of_table(text)) return plain(number, text);
    if (header_.empty()) {
      header_ = cells_of(text);
      return;
    }
    const std::vector<std::string> cells = cells_of(text);
    for (std::size_t c = 0; c < cells.size(); ++c)
      taken_.push_back({number, cells[c], cells.front(), c < header_.size() ? header_[c] : "", false});
  }

  void plain(int number, const std::string& text) {
    taken_.push_back({number, text, fenced_ ? "" : title_above(page_, number), "", fenced_});
  }

  const RunbookPage& page_;
  std::vector<PageLine> taken_;
  std::vector<std::string> header_;
  bool fenced_ = false;
};

}  // namespace

std::vector<PageLine> lines_of(const RunbookPage& page) {
  return LineTaker(page).take();
}

std::string text_of(const RunbookPage& page, const RunbookSection& section) {
  return lower_case(section.title) + text_between(page, section.first_step, section.end_step);
}

std::string text_of(const RunbookPage& page) {
  return text_between(page, 0, page.document().steps.size());
}

bool is_innermost(const RunbookPage& page, std::size_t section) {
  const auto& sections = page.document().sections;
  return section + 1 >= sections.size() || sections[section + 1].level <= sections[section].level;
}

std::string severity_in(const std::string& text) {
  static const re2::RE2 severity(R"((?i)\b(P[0-5]|SEV[- ]?[0-5]|S[0-5])\b)");
  re2::StringPiece rest(text);
  std::string found, one;
  while (re2::RE2::FindAndConsume(&rest, severity, &found)) {
    std::string form;
    for (const char c : found)
      if (c != '-' && c != ' ') form += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    if (!one.empty() && one != form) return {};
    one = form;
  }
  return one;
}

std::string severity_of(const PageLine& line) {
  const std::string own = severity_in(line.text);
  return own.empty() ? severity_in(line.heading) : own;
}

bool mentions(const std::string& text, const std::string& pattern) {
  // Few patterns, asked of many sections: each is compiled once.
  static std::map<std::string, std::unique_ptr<re2::RE2>> compiled;
  std::unique_ptr<re2::RE2>& expression = compiled[pattern];
  if (!expression) expression = std::make_unique<re2::RE2>("(?i)" + pattern);
  return re2::RE2::PartialMatch(text, *expression);
}

}  // namespace muster
