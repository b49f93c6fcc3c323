// What replace --force shares with delete.
#pragma once

#include "responders/kubectl/targets.hpp"

namespace muster {

/// Deletes in the background, `grace` seconds or -1 for the object's own, and says so; then waits until it is
/// gone. False if it could not, or it is still there at `deadline`. What is not there is no mistake.
Task<bool> delete_and_wait(KubectlCall& call, Target target, std::int64_t grace, SimTime deadline);

}  // namespace muster
