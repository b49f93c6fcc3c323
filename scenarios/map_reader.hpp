// The strict reader of YAML maps, under the name by which this folder knows it.
#pragma once

#include "telemetry/map_reader.hpp"
