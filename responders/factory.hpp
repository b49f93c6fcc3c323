// Responders by name, as the command line and scenarios give them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "responders/responder.hpp"

namespace muster {

class Terminal;

/// "none": a null pointer, nobody acts. "runbook:FILE.md[#HEADING]...": a person who follows the sections
/// named, or the whole file. "requests:FILE.yaml": a fixed list of requests, all of them before `horizon`.
/// "console[:FOLDER]": whoever sits at `terminal`, with the folder's files at hand.
/// `ordinal` (from 1) makes the actor's id, "responder-1". Error: invalid_input, for an unknown kind, a
/// missing file, a folder instead of a file, an unknown or ambiguous heading, a mistake in the list.
Result<std::unique_ptr<Responder>> make_responder(const std::string& spec, int ordinal,
                                                  SimTime horizon = sim_never, Terminal* terminal = nullptr);

/// The files the responder is made from, to be frozen as inputs: the runbook, and the files beside it that
/// its `-f` flags name; the list; the console's folder. Empty for "none" and for specs that make_responder
/// refuses.
std::vector<std::string> responder_files(const std::string& spec);

}  // namespace muster
