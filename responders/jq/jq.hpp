// jq, as far as responders use it. Maps come out sorted by key, since that is how this console keeps them;
// the real one keeps their order, and sorts with -S.
#pragma once

#include "responders/console/command.hpp"

namespace muster {

CommandResult jq(Session& session, const Invocation& call);

}  // namespace muster
