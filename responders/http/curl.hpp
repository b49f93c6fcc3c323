// curl on the services' URLs and on the monitoring's, with the messages of curl 7.88.
#pragma once

#include "responders/console/command.hpp"

namespace muster {

Task<CommandResult> curl(Session& session, Invocation call);

}  // namespace muster
