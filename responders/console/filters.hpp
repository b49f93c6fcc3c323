// The small text tools of the console. Options beyond those in their synopsis are refused as the real tool
// does.
#pragma once

#include "responders/console/command.hpp"

namespace muster::filters {

CommandResult grep(Session& session, const Invocation& call);
CommandResult head(Session& session, const Invocation& call);
CommandResult tail(Session& session, const Invocation& call);
CommandResult sort(Session& session, const Invocation& call);
CommandResult wc(Session& session, const Invocation& call);
CommandResult echo(Session& session, const Invocation& call);
CommandResult cat(Session& session, const Invocation& call);
CommandResult yes_true(Session& session, const Invocation& call);
CommandResult no_false(Session& session, const Invocation& call);
CommandResult set_variables(Session& session, const Invocation& call);  ///< export
CommandResult list_files(Session& session, const Invocation& call);     ///< ls
Task<CommandResult> sleep(Session& session, Invocation call);

/// The text of the files named, or stdin if none is. Error: "TOOL: NAME: No such file or directory".
Result<std::string> input_text(const Session& session, std::string_view tool,
                               const std::vector<std::string>& files, const std::string& input);

}  // namespace muster::filters
