// Where a command's streams go: files of the evidence folder, the next command, the terminal.
#pragma once

#include "responders/console/expansion.hpp"

namespace muster {

/// What the command reads: `input`, or what a redirection says. Error: bash's text.
Result<std::string> redirected_input(const SimpleCommand& stage, const WordExpander& expander,
                                     const Session& session, std::string input);
/// Writes to files what the redirections send there; `result` keeps the rest.
Result<void> redirect_output(const SimpleCommand& stage, const WordExpander& expander, Session& session,
                             CommandResult& result);

}  // namespace muster
