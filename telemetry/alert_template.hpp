// The templates in labels and annotations of alert rules: the part of Go's text/template that rules use.
#pragma once

#include <string>

#include "telemetry/sample_sink.hpp"

namespace muster {

/// Fills in {{ $labels.x }}, {{ $value }} and pipelines of humanize, humanize1024, humanizePercentage,
/// humanizeDuration, humanizeTimestamp, printf, toUpper, toLower, title, stripPort. An absent label is empty.
/// What cannot be expanded gives the text "<error expanding template: ...>", as in Prometheus.
std::string expand_alert_template(const std::string& text, const Labels& labels, double value);

/// "1.235k", "117.7Mi", "1h 2m 5s", "12.34%", "2023-11-14 22:13:20 +0000 UTC" (template/template.go).
std::string humanize(double value);
std::string humanize_1024(double value);
std::string humanize_duration(double seconds);
std::string humanize_percentage(double ratio);
std::string humanize_timestamp(double unix_seconds);

}  // namespace muster
