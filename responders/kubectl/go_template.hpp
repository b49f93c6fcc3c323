// -o go-template: an object through Go's text/template (k8s.io/cli-runtime/pkg/printers/template.go).
#pragma once

#include <string>
#include <string_view>

#include "responders/text/json_value.hpp"
#include "sim/result.hpp"

namespace muster {

/// Numbers are float64, as Go reads JSON. Error: what kubectl prints behind "error: ".
Result<std::string> print_go_template(std::string_view text, const JsonValue& value);

}  // namespace muster
