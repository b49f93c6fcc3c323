// Playbooks, people and programs by their spec; called by the factory.
#pragma once

#include "responders/factory.hpp"

namespace muster {

/// "playbook:...", "human:...", "exec:...".
bool is_play(const std::string& spec);
/// Errors as make_responder.
Result<std::unique_ptr<Responder>> make_play(const std::string& spec, int ordinal,
                                             const ResponderSurroundings& surroundings);
/// As responder_files.
std::vector<std::string> play_files(const std::string& spec);

}  // namespace muster
