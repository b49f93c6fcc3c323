// Tells commands from queries, messages and comments in the fenced blocks of a runbook.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "responders/runbook/document.hpp"

namespace muster {

struct FencedLine {
  int line = 0;      ///< of the file
  std::string text;  ///< continuation lines joined
  LineKind kind = LineKind::comment;
};

/// The lines of a shell block that begins at `first_line` of the file, blank ones left out, classified in
/// their context. Where one line has a prompt those without are output. A here-document, an open quote and a
/// loop go on to their end. `shell`: the fence says so; else a line that begins like a sentence is a message.
std::vector<FencedLine> classify_block(std::string_view content, int first_line, bool shell = true);

/// One line by itself: command, query, message or comment.
LineKind classify_line(std::string_view line);

}  // namespace muster
