// The terminal of `muster run --responder console`.
#pragma once

#include <memory>

#include "responders/console/terminal.hpp"

namespace muster::cli {

/// With line editing, history and completion if a person sits at standard input; else lines from the pipe,
/// which are shown behind their prompts so that the output reads as a transcript.
std::unique_ptr<Terminal> make_terminal();

}  // namespace muster::cli
