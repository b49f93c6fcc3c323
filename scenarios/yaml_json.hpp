// YAML to JSON, under the name by which this folder knows it.
#pragma once

#include "telemetry/yaml_json.hpp"
