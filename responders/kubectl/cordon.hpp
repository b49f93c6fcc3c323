// What drain shares with cordon.
#pragma once

#include <string>

#include "responders/kubectl/call.hpp"

namespace muster {

/// Makes a node unschedulable, or schedulable again, and says so. False if it could not.
bool set_cordon(KubectlCall& call, const std::string& node, bool on);

}  // namespace muster
