// How a drill gets an external program to talk to, without knowing about processes: those and the wall clock
// live in programs/.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "sim/result.hpp"

namespace muster {

/// A running program, line by line. Destroying it ends it.
class ProgramLink {
 public:
  virtual ~ProgramLink() = default;
  /// Writes a line (without "\n"). Error: the program has gone, or does not read.
  virtual Result<void> send(const std::string& line) = 0;
  /// The next line it writes. Error, in words for the journal: it exited, it was killed by a signal, it wrote
  /// nothing for too long, its line is too long.
  virtual Result<std::string> receive() = 0;
  /// Closes its input and waits for its end. Error: its exit code is not 0, or it does not end.
  virtual Result<void> finish() = 0;
};

/// `command` is split at blanks. Error: it cannot be started.
using ProgramLauncher = std::function<Result<std::unique_ptr<ProgramLink>>(const std::string& command)>;

}  // namespace muster
