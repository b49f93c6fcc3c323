// What a part of a Markdown tree says, markup left out; private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "responders/runbook/document.hpp"

struct cmark_node;

namespace muster {

/// The text of a node and its children; a line break is a blank.
std::string markdown_text(cmark_node* node);

/// A command or query between backquotes.
struct InlineStep {
  StepKind kind = StepKind::command;
  std::string text;
};
/// Those a reader is told to run: not the ones behind "do not", "never", "instead of", nor a program's bare
/// name.
std::vector<InlineStep> inline_steps(cmark_node* block);

/// Appends the links below `block`; images are none.
void append_links(cmark_node* block, int line, std::vector<RunbookLink>& links);

}  // namespace muster
