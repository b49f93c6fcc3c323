// Variables of a playbook: "{{ name }}" in its texts, as in Ansible and GitHub workflows.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"

namespace muster {

using Variables = std::map<std::string, std::string, std::less<>>;

/// The names between double braces, in order, each once: "page", "labels.pod".
std::vector<std::string> variables_in(std::string_view text);

/// The text with every variable's value. Error: invalid_input naming the first that has none, and the nearest
/// that has.
Result<std::string> fill_variables(std::string_view text, const Variables& values);

}  // namespace muster
