// What a well-known image's program does when `kubectl run -i` starts it: the console's own tools, which go
// through the same door.
#pragma once

#include "responders/console/command.hpp"

namespace muster {

/// `command` is what follows "--"; empty = the image's own. A program that the image does not have is the
/// container runtime's error, as the real one words it.
Task<CommandResult> run_image_program(Session& session, const std::string& image,
                                      std::vector<std::string> command, std::string input);

}  // namespace muster
