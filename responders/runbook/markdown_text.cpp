#include "responders/runbook/markdown_text.hpp"

#include <cmark-gfm.h>
#include <re2/re2.h>

#include "responders/console/command.hpp"
#include "responders/runbook/line_kind.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

void append_text(cmark_node* node, std::string& out) {
  const cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) out += cmark_node_get_literal(node);
  if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) out += ' ';
  for (cmark_node* child = cmark_node_first_child(node); child != nullptr; child = cmark_node_next(child))
    append_text(child, out);
}

bool is_warning(const std::string& before) {
  static const re2::RE2 warning(
      R"((?i)\b(do not|don't|never|avoid|instead of|rather than|not yet)\b[^.;:]*$)");
  return re2::RE2::PartialMatch(before, warning);
}

/// Nothing if the code is neither a command with an argument nor a query.
std::vector<InlineStep> step_of_code(std::string code) {
  if (code.starts_with("$ ")) code.erase(0, 2);
  const bool several_words = code.find(' ') != std::string::npos;
  const std::string first = code.substr(0, code.find(' '));
  // "`kubectl logs` may not answer" speaks of the program, and nobody can run it so.
  static const re2::RE2 bare(
      R"((kubectl|oc) (get|describe|logs|exec|delete|apply|edit|patch|scale|label|annotate|drain|cordon|rollout|run|debug|cp|port-forward|create|set|top))");
  if (re2::RE2::FullMatch(code, bare)) return {};
  if (several_words && names_a_command(first)) return {{StepKind::command, code}};
  if (classify_line(code) == LineKind::query) return {{StepKind::query, code}};
  return {};
}

void append_inline(cmark_node* node, std::string& before, std::vector<InlineStep>& steps) {
  for (cmark_node* child = cmark_node_first_child(node); child != nullptr; child = cmark_node_next(child)) {
    if (cmark_node_get_type(child) == CMARK_NODE_CODE && !is_warning(before)) {
      for (InlineStep& step : step_of_code(cmark_node_get_literal(child))) steps.push_back(std::move(step));
    }
    if (cmark_node_first_child(child) != nullptr)
      append_inline(child, before, steps);
    else
      append_text(child, before);
  }
}

}  // namespace

std::string markdown_text(cmark_node* node) {
  std::string out;
  append_text(node, out);
  return std::string(trimmed(out));
}

std::vector<InlineStep> inline_steps(cmark_node* block) {
  std::string before;
  std::vector<InlineStep> steps;
  append_inline(block, before, steps);
  return steps;
}

void append_links(cmark_node* block, int line, std::vector<RunbookLink>& links) {
  for (cmark_node* child = cmark_node_first_child(block); child != nullptr; child = cmark_node_next(child)) {
    if (cmark_node_get_type(child) == CMARK_NODE_LINK)
      links.push_back({line, markdown_text(child), cmark_node_get_url(child)});
    append_links(child, line, links);
  }
}

}  // namespace muster
