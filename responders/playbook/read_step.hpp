// Reads the steps of a playbook; private to this folder.
#pragma once

#include "responders/playbook/playbook.hpp"

namespace muster {

PlaybookStep read_step(const YamlNode& node, ReadContext& context);
/// A list of them; anything else is an error.
PlaybookSteps read_steps(const YamlNode& node, ReadContext& context);

}  // namespace muster
