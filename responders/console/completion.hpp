// What the Tab key offers.
#pragma once

#include <string>
#include <vector>

#include "responders/console/command.hpp"

namespace muster {

/// Commands, kubectl's words and resource types, files of the evidence folder; sorted, each once.
std::vector<std::string> completion_words(const Session& session);

}  // namespace muster
