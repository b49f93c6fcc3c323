// Markdown to RunbookDocument, by libcmark's CommonMark tree. The only file that includes cmark.
#include <cmark.h>

#include <memory>

#include "responders/runbook/document.hpp"
#include "responders/runbook/line_kind.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr int bold_run_level = 7;  // below every heading

/// The text of a node and its children, markup left out; a line break is a blank.
void append_text(cmark_node* node, std::string& out) {
  const cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) out += cmark_node_get_literal(node);
  if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) out += ' ';
  for (cmark_node* child = cmark_node_first_child(node); child != nullptr; child = cmark_node_next(child))
    append_text(child, out);
}

std::string text_of(cmark_node* node) {
  std::string out;
  append_text(node, out);
  return std::string(trimmed(out));
}

/// A paragraph that is exactly one bold run, as "**Rollback Deployment**".
bool is_bold_run(cmark_node* paragraph) {
  cmark_node* child = cmark_node_first_child(paragraph);
  return child != nullptr && cmark_node_next(child) == nullptr &&
         cmark_node_get_type(child) == CMARK_NODE_STRONG;
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
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING:
        return open_section(text_of(node), line, cmark_node_get_heading_level(node));
      case CMARK_NODE_PARAGRAPH:
        if (!in_list && is_bold_run(node)) return open_section(text_of(node), line, bold_run_level);
        return add_step(StepKind::prose, line, text_of(node));
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

  /// An item's paragraph that more blocks follow is the title of what they say to do.
  void list_item(cmark_node* item) {
    cmark_node* first = cmark_node_first_child(item);
    const bool titled = first != nullptr && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH &&
                        cmark_node_next(first) != nullptr;
    if (!titled) return children(item, true);
    explanation_ = text_of(first);
    for (cmark_node* node = cmark_node_next(first); node != nullptr; node = cmark_node_next(node))
      block(node, true);
  }

  void code_block(cmark_node* node, int line) {
    const std::string info = cmark_node_get_fence_info(node);
    const std::string language = lower_case(info.substr(0, info.find_first_of(" {")));
    const std::string content = cmark_node_get_literal(node);
    if (!is_shell(language)) return add_step(StepKind::template_, line, content);
    for (const FencedLine& each : classify_block(content, line + 1)) {
      document_.fenced_lines.push_back(ClassifiedLine{each.line, each.kind});
      fenced_line(each);
    }
  }

  void fenced_line(const FencedLine& line) {
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

RunbookDocument read_runbook(std::string_view markdown, const std::string& file) {
  RunbookDocument document;
  document.file = file;
  const std::unique_ptr<cmark_node, void (*)(cmark_node*)> root(
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_VALIDATE_UTF8), cmark_node_free);
  Reader(document).read(root.get());
  return document;
}

const char* to_string(LineKind kind) {
  static constexpr const char* names[] = {"command", "query", "message", "comment", "note"};
  return names[static_cast<std::size_t>(kind)];
}

const char* to_string(StepKind kind) {
  static constexpr const char* names[] = {"command", "query", "message", "note", "prose", "template"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace muster
