// Prometheus' text exposition format 0.0.4, as client_golang writes it (prometheus/common
// expfmt/text_create.go).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "telemetry/sample_sink.hpp"

namespace muster::prom {

inline constexpr const char* text_format_type = "text/plain; version=0.0.4; charset=utf-8";

/// "# HELP name help" with backslashes and line ends escaped.
std::string help_line(std::string_view name, std::string_view help);
/// "# TYPE name counter"
std::string type_line(std::string_view name, std::string_view type);
/// `name{a="b"} 1.5e+06 1700000000123`; labels in the given order, "__name__" left out. `unix_ms` is
/// optional.
std::string sample_line(std::string_view name, const Labels& labels, double value,
                        std::optional<std::int64_t> unix_ms);

}  // namespace muster::prom
