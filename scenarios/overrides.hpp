// `--set KEY=VALUE`: single values of a scenario file replaced from the command line.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

/// Replaces the value under a dotted path of existing keys ("faults.0.at=5m"; list items count from 0; a key
/// that contains a dot is matched whole). VALUE is read as YAML ("true", "[a, b]"); a path into a value is
/// not possible before it. Error: invalid_input with where `--set KEY=VALUE` and the nearest existing key.
Result<void> apply_override(YamlNode& root, const std::string& assignment);

}  // namespace muster
