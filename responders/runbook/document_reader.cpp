// Markdown to RunbookDocument, by the tree of libcmark-gfm.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>

#include "responders/runbook/document.hpp"
#include "responders/runbook/line_kind.hpp"
#include "responders/runbook/markdown_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr int bold_run_level = 7;  // below every heading

/// A paragraph that is exactly one bold run, as "**Rollback Deployment**".
bool is_bold_run(cmark_node* paragraph) {
  cmark_node* child = cmark_node_first_child(paragraph);
  return child != nullptr && cmark_node_next(child) == nullptr &&
         cmark_node_get_type(child) == CMARK_NODE_STRONG;
}

bool is_table(cmark_node* node) {
  return std::string_view(cmark_node_get_type_string(node)) == "table";
}

/// A table's header that names a way to reach somebody.
bool gives_people(const std::vector<std::string>& header) {
  for (const std::string& cell : header)
    for (const char* way : {"phone", "e-mail", "email", "slack", "pager", "contact", "telephone", "mobile"})
      if (lower_case(cell).find(way) != std::string::npos) return true;
  return false;
}

bool is_shell(const std::string& language) {
  for (const char* known : {"", "bash", "sh", "shell", "console", "zsh", "promql"})
    if (language == known) return true;
  return false;
}

class Reader {
 public:
  explicit Reader(RunbookDocument& document) : document_(document) {}

  void read(cmark_node* root) {
    children(root, false);
    close_sections(0);
  }

 private:
  void children(cmark_node* parent, bool in_list) {
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr; node = cmark_node_next(node))
      block(node, in_list);
  }

  void block(cmark_node* node, bool in_list) {
    const int line = cmark_node_get_start_line(node);
    if (is_table(node)) return table(node);
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING:
        return open_section(markdown_text(node), line, cmark_node_get_heading_level(node));
      case CMARK_NODE_PARAGRAPH:
        if (!in_list && is_bold_run(node)) return open_section(markdown_text(node), line, bold_run_level);
        return sentence(node, line);
      case CMARK_NODE_CODE_BLOCK:
        return code_block(node, line);
      case CMARK_NODE_LIST:
        return children(node, true);
      case CMARK_NODE_ITEM:
        return list_item(node);
      case CMARK_NODE_BLOCK_QUOTE:
        return children(node, in_list);
      default:
        return;  // a rule or raw HTML says nothing to do
    }
  }

  /// What it tells to run, or else the sentence itself.
  void sentence(cmark_node* node, int line) {
    append_links(node, line, document_.links);
    const std::vector<InlineStep> steps = inline_steps(node);
    if (steps.empty()) return add_step(StepKind::prose, line, markdown_text(node));
    for (const InlineStep& step : steps) {
      explanation_ = markdown_text(node);
      add_step(step.kind, line, step.text);
    }
  }

  /// Rows are steps, but for a table of people.
  void table(cmark_node* node) {
    RunbookTable read;
    std::vector<cmark_node*> rows;
    for (cmark_node* row = cmark_node_first_child(node); row != nullptr; row = cmark_node_next(row)) {
      std::vector<std::string> cells;
      for (cmark_node* cell = cmark_node_first_child(row); cell != nullptr; cell = cmark_node_next(cell))
        cells.push_back(markdown_text(cell));
      if (rows.empty() && read.header.empty()) {
        read.header = std::move(cells);
        continue;
      }
      read.rows.push_back({cmark_node_get_start_line(row), std::move(cells)});
      rows.push_back(row);
    }
    append_links(node, cmark_node_get_start_line(node), document_.links);
    if (gives_people(read.header)) return document_.contacts.push_back(std::move(read));
    for (std::size_t i = 0; i < rows.size(); ++i) table_row(read.rows[i], rows[i]);
  }

  void table_row(const RunbookTable::Row& row, cmark_node* node) {
    std::vector<std::string> said;
    for (const std::string& cell : row.cells)
      if (!cell.empty()) said.push_back(cell);
    const std::vector<InlineStep> steps = inline_steps(node);
    for (const InlineStep& step : steps) {
      explanation_ = join(said, " | ");
      add_step(step.kind, row.line, step.text);
    }
    if (steps.empty()) add_step(StepKind::prose, row.line, join(said, " | "));
  }

  /// An item's paragraph that more blocks follow is the title of what they say to do.
  void list_item(cmark_node* item) {
    cmark_node* first = cmark_node_first_child(item);
    const bool titled = first != nullptr && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH &&
                        cmark_node_next(first) != nullptr;
    if (!titled) return children(item, true);
    append_links(first, cmark_node_get_start_line(first), document_.links);
    const std::vector<InlineStep> told = inline_steps(first);
    if (!told.empty()) sentence(first, cmark_node_get_start_line(first));
    explanation_ = markdown_text(first);
    for (cmark_node* node = cmark_node_next(first); node != nullptr; node = cmark_node_next(node))
      block(node, true);
  }

  void code_block(cmark_node* node, int line) {
    const std::string info = cmark_node_get_fence_info(node);
    const std::string language = lower_case(info.substr(0, info.find_first_of(" {")));
    const std::string content = cmark_node_get_literal(node);
    if (!is_shell(language)) return add_step(StepKind::template_, line, content);
    for (FencedLine& each : classify_block(content, line + 1, !language.empty())) {
      if (language == "promql" && each.kind == LineKind::command) each.kind = LineKind::query;
      document_.fenced_lines.push_back(ClassifiedLine{each.line, each.kind, each.text});
      fenced_line(each);
    }
  }

  void fenced_line(const FencedLine& line) {
    if (line.kind == LineKind::output) return;
    const int previous_line = std::exchange(last_fenced_line_, line.line);
    const bool adjacent = line.line == previous_line + 1;
    if (line.kind == LineKind::comment) {
      const std::string text(trimmed(std::string_view(line.text).substr(1)));
      explanation_ = adjacent && !explanation_.empty() ? explanation_ + " " + text : text;
      return;
    }
    const StepKind kind = line.kind == LineKind::command ? StepKind::command
                          : line.kind == LineKind::query ? StepKind::query
                          : line.kind == LineKind::note  ? StepKind::note
                                                         : StepKind::message;
    const bool joins = adjacent && !document_.steps.empty() && document_.steps.back().kind == kind &&
                       (kind == StepKind::note || kind == StepKind::message) && explanation_.empty();
    if (joins) {
      document_.steps.back().text += "\n" + line.text;
      return;
    }
    add_step(kind, line.line, line.text);
  }

  void add_step(StepKind kind, int line, std::string text) {
    if (text.empty()) return;
    document_.steps.push_back(RunbookStep{kind, line, std::move(text), std::exchange(explanation_, {})});
  }

  void open_section(std::string title, int line, int level) {
    close_sections(level);
    explanation_.clear();
    const std::size_t next = document_.steps.size();
    open_.push_back(document_.sections.size());
    document_.sections.push_back(RunbookSection{std::move(title), line, level, next, next});
  }

  /// Ends the open sections of this level and below it.
  void close_sections(int level) {
    while (!open_.empty() && document_.sections[open_.back()].level >= level) {
      document_.sections[open_.back()].end_step = document_.steps.size();
      open_.pop_back();
    }
  }

  RunbookDocument& document_;
  std::vector<std::size_t> open_;
  std::string explanation_;
  int last_fenced_line_ = 0;
};

}  // namespace

namespace {

/// Site generators keep a page's title and tags between two lines "---" at its top (Jekyll, Hugo): no steps.
/// The lines stay, empty, so that the others keep their numbers.
std::string without_front_matter(std::string_view markdown) {
  std::string text(markdown);
  if (!markdown.starts_with("---\n")) return text;
  const std::size_t end = markdown.find("\n---\n", 3);
  if (end == std::string_view::npos) return text;
  for (std::size_t i = 0; i < end + 4; ++i)
    if (text[i] != '\n') text[i] = ' ';
  return text;
}

}  // namespace

RunbookDocument read_runbook(std::string_view markdown, const std::string& file) {
  const std::string page = without_front_matter(markdown);
  cmark_gfm_core_extensions_ensure_registered();
  RunbookDocument document;
  document.file = file;
  const std::unique_ptr<cmark_parser, void (*)(cmark_parser*)> parser(
      cmark_parser_new(CMARK_OPT_VALIDATE_UTF8), cmark_parser_free);
  for (const char* name : {"table", "tasklist"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), page.data(), page.size());
  const std::unique_ptr<cmark_node, void (*)(cmark_node*)> root(cmark_parser_finish(parser.get()),
                                                                cmark_node_free);
  Reader(document).read(root.get());
  return document;
}

const char* to_string(LineKind kind) {
  static constexpr const char* names[] = {"command", "query", "message", "comment", "note", "output"};
  return names[static_cast<std::size_t>(kind)];
}

const char* to_string(StepKind kind) {
  static constexpr const char* names[] = {"command", "query", "message", "note", "prose", "template"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace muster
