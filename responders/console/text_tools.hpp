// More of the shell's small tools, each with the options people use. What else the real ones take is refused
// in their words.
#pragma once

#include "responders/console/command.hpp"

namespace muster::text_tools {

CommandResult uniq(Session& session, const Invocation& call);
CommandResult cut(Session& session, const Invocation& call);
CommandResult tee(Session& session, const Invocation& call);
CommandResult translate(Session& session, const Invocation& call);  ///< tr
CommandResult base64(Session& session, const Invocation& call);
CommandResult printf(Session& session, const Invocation& call);
CommandResult sed(Session& session, const Invocation& call);
CommandResult awk(Session& session, const Invocation& call);

}  // namespace muster::text_tools
