// A responder as the command line names it, made complete.
#pragma once

#include <string>

#include "sim/result.hpp"

namespace muster::cli {

/// "playbook:NAME" and "human:NAME" with a bare word mean the shipped FILE; anything else stays. Error: nothing of
/// that name is shipped, with the nearest name; or the program of "exec:PROGRAM" is not there to be run.
Result<std::string> responder_spec(const std::string& given);

}  // namespace muster::cli
