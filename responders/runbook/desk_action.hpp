// What a sentence of a runbook asks a person to say: "Post notification", "Email: security@example.com".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

/// A command line for the console, already split into words: {"post", "#incident", "text"}.
using DeskLine = std::vector<std::string>;

/// The desk action that a prose sentence names, with the sentence as its text; nothing if it names none.
std::optional<DeskLine> desk_action_of_sentence(std::string_view sentence);

/// What the lines of a chat message do: the declaration of a severity or the end of the incident, if they say
/// so, and the post itself. `channel` is where the message goes.
std::vector<DeskLine> desk_actions_of_message(std::string_view message, const std::string& channel);

/// The channel that a message block opens ("#incident-2025-11-01-x" on a line of its own), or "".
std::string channel_in(std::string_view message);

/// As a line for the console, words in single quotes where they need them.
std::string shell_line(const DeskLine& words);

}  // namespace muster
