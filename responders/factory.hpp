// Responders by name, as the command line and scenarios give them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "responders/program_launcher.hpp"
#include "responders/responder.hpp"

namespace muster {

class Terminal;

/// What a responder may need of the drill it is made for.
struct ResponderSurroundings {
  ResponderSurroundings(SimTime end = sim_never) : horizon(end) {}  // NOLINT: implicit on purpose

  SimTime horizon;
  std::string runbook_file, runbook_text;       ///< the system's; empty if it has none
  std::optional<SimTime> begin_at;              ///< of runbooks; else at the first page
  std::map<std::string, std::string> bindings;  ///< what runbooks' placeholders and variables stand for
  Terminal* terminal = nullptr;                 ///< of the responder "console"
  ProgramLauncher launch;                       ///< empty: programs cannot be started here
  SimDuration think{};                          ///< virtual time that a program's every message costs
};

/// "none": a null pointer, nobody acts. "runbook:FILE.md[#HEADING]...": a person who follows the sections
/// named, or the whole file. "requests:FILE.yaml": a fixed list of requests, all of them before the horizon.
/// "console[:FOLDER]": whoever sits at the terminal, with the folder's files at hand. "playbook:FILE.yaml":
/// automation. "human:PROFILE.yaml[#RUNBOOK.md]": a synthetic person, with the system's runbook if none is
/// named. "exec:PROGRAM [ARGUMENT]...": an external program. `ordinal` (from 1) makes the actor's id,
/// "responder-1". Error: invalid_input, for an unknown kind, a missing file, a folder instead of a file, an
/// unknown or ambiguous heading, a mistake in the list.
Result<std::unique_ptr<Responder>> make_responder(const std::string& spec, int ordinal,
                                                  const ResponderSurroundings& surroundings = {});

/// The files the responder is made from, to be frozen as inputs: the runbook, and the files beside it that
/// its `-f` flags name; the list; the console's folder. Empty for "none" and for specs that make_responder
/// refuses.
std::vector<std::string> responder_files(const std::string& spec);

}  // namespace muster
