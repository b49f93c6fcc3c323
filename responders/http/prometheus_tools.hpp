// Asking Prometheus from the prompt: `promql EXPR`, and promtool's instant and range queries.
#pragma once

#include "responders/console/command.hpp"

namespace muster {

CommandResult promql(Session& session, const Invocation& call);
CommandResult promtool(Session& session, const Invocation& call);

}  // namespace muster
