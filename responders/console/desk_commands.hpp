// What people say and decide, typed at the console: each command is one POST to the incident desk.
#pragma once

#include "responders/console/command.hpp"

namespace muster::desk_commands {

CommandResult ack(Session& session, const Invocation& call);
CommandResult declare(Session& session, const Invocation& call);
CommandResult post(Session& session, const Invocation& call);
CommandResult notify(Session& session, const Invocation& call);
CommandResult status(Session& session, const Invocation& call);
CommandResult ticket(Session& session, const Invocation& call);
CommandResult hypothesis(Session& session, const Invocation& call);
CommandResult resolve(Session& session, const Invocation& call);
CommandResult postmortem(Session& session, const Invocation& call);

}  // namespace muster::desk_commands
