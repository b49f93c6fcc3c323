// A request goes through the door and into the journal, live and in a replay alike.
#pragma once

#include "drill/simulation.hpp"
#include "journal/journal.hpp"

namespace muster {

Answer submit_and_record(Simulation& simulation, JournalWriter& journal, Request request);

}  // namespace muster
