#include "responders/text/tab_writer.hpp"

#include <algorithm>
#include <vector>

namespace muster {
namespace {

using Line = std::vector<std::string_view>;

Line split_cells(std::string_view line) {
  Line cells;
  for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
    cells.push_back(line.substr(0, tab));
    line.remove_prefix(tab + 1);
  }
  cells.push_back(line);
  return cells;
}

/// Characters, not bytes: a continuation byte of UTF-8 takes no room.
std::size_t shown_width(std::string_view cell) {
  return static_cast<std::size_t>(std::count_if(
      cell.begin(), cell.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

class Formatter {
 public:
  Formatter(std::vector<Line> lines, TabLayout layout) : lines_(std::move(lines)), layout_(layout) {}

  std::string run() {
    format(0, lines_.size());
    return std::move(out_);
  }

 private:
  /// Lines [first, last), whose columns up to widths_.size() are known.
  void format(std::size_t first, std::size_t last) {
    const std::size_t column = widths_.size();
    std::size_t line = first;
    while (line < last) {
      if (!has_cell(line, column)) {
        ++line;
        continue;
      }
      write(first, line);
      first = line;
      std::size_t width = layout_.min_width;
      for (; line < last && has_cell(line, column); ++line)
        width = std::max(width, shown_width(lines_[line][column]) + layout_.padding);
      widths_.push_back(width);
      format(first, line);
      widths_.pop_back();
      first = line;
    }
    write(first, last);
  }

  bool has_cell(std::size_t line, std::size_t column) const { return column + 1 < lines_[line].size(); }

  void write(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const Line& cells = lines_[i];
      for (std::size_t j = 0; j < cells.size(); ++j) {
        out_ += cells[j];
        if (j < widths_.size() && j + 1 < cells.size()) out_.append(widths_[j] - shown_width(cells[j]), ' ');
      }
      out_ += '\n';
    }
  }

  std::vector<Line> lines_;
  TabLayout layout_;
  std::vector<std::size_t> widths_;
  std::string out_;
};

}  // namespace

std::string align_tabs(std::string_view text, TabLayout layout) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(split_cells(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return Formatter(std::move(lines), layout).run();
}

}  // namespace muster
