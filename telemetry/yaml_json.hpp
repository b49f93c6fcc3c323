// YAML to the JSON that Kubernetes and the rubric are read from, and back from a JSON pointer to the place in
// the file. Plain scalars are typed as kubectl's YAML reader does it (sigs.k8s.io/yaml: YAML 1.1).
#pragma once

#include <string>
#include <string_view>

#include "sim/result.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

/// One line of JSON, map keys sorted. Error: invalid_input for a number that JSON cannot hold (.inf, .nan).
Result<std::string> yaml_to_json(const YamlNode& node, const std::string& file_name);

/// The node that an RFC 6901 pointer names, or the deepest one on the way to it.
const YamlNode& node_at_pointer(const YamlNode& root, std::string_view pointer);

}  // namespace muster
