// External programs as processes. With server/ the only place with a wall clock: it says when a program
// hangs, and nothing of it reaches virtual time.
#pragma once

#include "responders/program_launcher.hpp"
#include "sim/time.hpp"

namespace muster {

inline constexpr std::size_t program_line_max = std::size_t{4} * 1024 * 1024;  ///< bytes of one line

/// Starts the program (found on PATH) in a process group of its own, its input and output being one socket
/// and its errors ours. Whatever takes longer than `limit` by the wall clock (a line, reading one, the end)
/// ends it, with everything it has started.
ProgramLauncher process_launcher(SimDuration limit);

}  // namespace muster
