// Commands that the shell itself is asked: read, local, shift, and those that leave a loop, a function or a
// script.
#pragma once

#include <optional>

#include "responders/console/command.hpp"

namespace muster {

/// Turns of all the loops of one typed line, after which the person presses Ctrl-C. An assumption of this
/// console.
inline constexpr int most_turns = 1000;

/// What a command leaves of the input that it shares with those behind it: `read` takes a line, a filter
/// without a file takes all, the rest nothing.
std::string left_of_input(const std::vector<std::string>& words, const std::string& input);
/// A whole number; nothing if it is none.
std::optional<int> number_of(const std::string& text);
/// A task that has its result already.
Task<CommandResult> told(CommandResult result);

namespace shell_builtins {

CommandResult read(Session& session, const Invocation& call);
CommandResult local(Session& session, const Invocation& call);
CommandResult shift(Session& session, const Invocation& call);
/// break and continue outside a loop; inside one the console carries them out.
CommandResult leave_loop(Session& session, const Invocation& call);
/// exit and return: likewise.
CommandResult leave(Session& session, const Invocation& call);

}  // namespace shell_builtins
}  // namespace muster
