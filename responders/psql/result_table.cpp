#include "responders/psql/result_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string cell_text(const JsonValue& cell) {
  if (cell.is_null()) return {};
  if (cell.is_bool()) return cell.truth() ? "t" : "f";
  if (cell.is_array()) {
    std::vector<std::string> parts;
    for (const JsonValue& each : cell.items()) parts.push_back(display_text(each));
    return "{" + join(parts, ",") + "}";
  }
  std::string text = display_text(cell);
  const bool moment =
      text.size() >= 20 && text[10] == 'T' && text.ends_with('Z');  // timestamptz, time zone UTC
  if (moment) text = text.substr(0, 10) + " " + text.substr(11, text.size() - 12) + "+00";
  return text;
}

struct Cells {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> right;  // numbers stand at the right
  std::vector<std::size_t> width;
};

Cells cells_of(const JsonValue& answer) {
  Cells cells;
  for (const JsonValue& column : answer["columns"].items()) {
    cells.header.push_back(column.text());
    cells.width.push_back(column.text().size());
    cells.right.push_back(!answer["rows"].items().empty());
  }
  for (const JsonValue& row : answer["rows"].items()) {
    auto& texts = cells.rows.emplace_back();
    for (std::size_t i = 0; i < cells.header.size(); ++i) {
      texts.push_back(cell_text(row.at(i)));
      cells.width[i] = std::max(cells.width[i], texts.back().size());
      if (!row.at(i).is_number() && !row.at(i).is_null()) cells.right[i] = false;
    }
  }
  return cells;
}

std::string row_count(std::size_t rows) {
  return fmt::format("({} row{})\n", rows, rows == 1 ? "" : "s");
}

std::string centred(const std::string& text, std::size_t width) {
  const std::size_t left = (width - text.size()) / 2;
  return std::string(left, ' ') + text + std::string(width - text.size() - left, ' ');
}

std::string aligned(const Cells& cells, const PsqlFormat& format, const std::string& title) {
  std::string out, rule;
  if (!format.tuples_only) {
    for (std::size_t i = 0; i < cells.header.size(); ++i) {
      out += (i > 0 ? "|" : "") + (" " + centred(cells.header[i], cells.width[i])) + " ";
      rule += (i > 0 ? "+" : "") + std::string(cells.width[i] + 2, '-');
    }
    const std::size_t indent = title.size() < rule.size() ? (rule.size() - title.size()) / 2 : 0;
    out = (title.empty() ? "" : std::string(indent, ' ') + title + "\n") + out + "\n" + rule + "\n";
  }
  for (const auto& row : cells.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(cells.width[i] - row[i].size(), ' ');
      const bool last = i + 1 == row.size();
      out += (i > 0 ? "| " : " ") +
             (cells.right[i] ? gap + row[i]
              : last         ? row[i]
                             : row[i] + gap) +
             (last ? "" : " ");
    }
    out += "\n";
  }
  return out + (format.tuples_only ? "" : row_count(cells.rows.size())) + "\n";
}

std::string unaligned(const Cells& cells, const PsqlFormat& format) {
  const std::string between = format.csv ? "," : format.separator;
  std::string out;
  if (!format.tuples_only) out += join(cells.header, between) + "\n";
  for (const auto& row : cells.rows) out += join(row, between) + "\n";
  return format.tuples_only || format.csv ? out : out + row_count(cells.rows.size());
}

std::string expanded(const Cells& cells) {
  std::size_t name_width = 0, value_width = 0;
  for (const auto& name : cells.header) name_width = std::max(name_width, name.size());
  for (const std::size_t width : cells.width) value_width = std::max(value_width, width);
  std::string out;
  for (std::size_t n = 0; n < cells.rows.size(); ++n) {
    std::string mark = fmt::format("-[ RECORD {} ]", n + 1);
    const std::size_t total = name_width + 3 + value_width;
    while (mark.size() < total) mark += mark.size() == name_width + 1 ? '+' : '-';
    out += mark + "\n";
    for (std::size_t i = 0; i < cells.header.size(); ++i)
      out += fmt::format("{:<{}} | {}\n", cells.header[i], name_width, cells.rows[n][i]);
  }
  return out.empty() ? "(0 rows)\n" : out + "\n";
}

}  // namespace

std::string print_result(const JsonValue& answer, const PsqlFormat& format, const std::string& title) {
  const Cells cells = cells_of(answer);
  if (cells.header.empty()) return answer["command"].text() + "\n";
  if (format.expanded) return expanded(cells);
  return format.unaligned || format.csv ? unaligned(cells, format) : aligned(cells, format, title);
}

}  // namespace muster
