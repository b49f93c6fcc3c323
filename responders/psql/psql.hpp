// psql: statements go to the database's own door, answers print as PostgreSQL 15's psql prints them.
#pragma once

#include "responders/console/command.hpp"

namespace muster {

CommandResult psql(Session& session, const Invocation& call);

}  // namespace muster
