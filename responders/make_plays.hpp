// Playbooks, people and programs by their spec; called by the factory.
#pragma once

#include "responders/factory.hpp"

namespace muster {

/// "playbook:...", "human:...", "exec:...".
bool is_play(const std::string& spec);
/// Errors as make_responder.
Result<std::unique_ptr<Responder>> make_play(const std::string& spec, int ordinal,
                                             const ResponderSurroundings& surroundings);
/// "exec:python3 responder.py --fast" of "exec:/usr/bin/python3 plays/responder.py --fast": every word
/// without its folders.
std::string program_name(const std::string& spec);
/// As responder_files.
std::vector<std::string> play_files(const std::string& spec);

}  // namespace muster
