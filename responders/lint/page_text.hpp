// What rules about a page's wording read: its lines with the heading they stand under, the text of a section,
// severities and lengths of time in words; private to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "responders/lint/runbook_page.hpp"

namespace muster {

/// A line as it stands on the page.
struct PageLine {
  int number = 0;  ///< 1-based
  std::string text;
  std::string heading;  ///< the nearest title above it, bold runs included
  std::string column;   ///< of a table's cell: its column's title
  bool fenced = false;
};
/// Rows of tables come apart: a line for each cell, headed by the first cell of its row.
std::vector<PageLine> lines_of(const RunbookPage& page);

/// Title, explanations and steps with what is below it, in lower case.
std::string text_of(const RunbookPage& page, const RunbookSection& section);
/// The same of the whole page.
std::string text_of(const RunbookPage& page);
/// Whether no other section is inside: a chapter nobody follows in one go.
bool is_innermost(const RunbookPage& page, std::size_t section);

/// "P0", "SEV-1", "S2" in a text, upper case and without the hyphen; "" if there is none, or more than one.
std::string severity_in(const std::string& text);
/// Of the line, or else of the heading it stands under.
std::string severity_of(const PageLine& line);

/// Whether the RE2 `pattern` is somewhere in `text`, upper and lower case alike.
bool mentions(const std::string& text, const std::string& pattern);

}  // namespace muster
