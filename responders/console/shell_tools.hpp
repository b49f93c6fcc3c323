// Commands of the shell itself, and those that run other commands.
#pragma once

#include "responders/console/command.hpp"

namespace muster::shell_tools {

CommandResult date(Session& session, const Invocation& call);
CommandResult set(Session& session, const Invocation& call);
CommandResult unset(Session& session, const Invocation& call);
CommandResult env(Session& session, const Invocation& call);
CommandResult sequence(Session& session, const Invocation& call);  ///< seq
CommandResult who_am_i(Session& session, const Invocation& call);
CommandResult remove_files(Session& session, const Invocation& call);  ///< rm
CommandResult clear(Session& session, const Invocation& call);
CommandResult pace(Session& session, const Invocation& call);
CommandResult help(Session& session, const Invocation& call);
Task<CommandResult> watch(Session& session, Invocation call);
Task<CommandResult> xargs(Session& session, Invocation call);
Task<CommandResult> time(Session& session, Invocation call);
Task<CommandResult> timeout(Session& session, Invocation call);

}  // namespace muster::shell_tools
