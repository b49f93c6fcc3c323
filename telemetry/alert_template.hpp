// The templates in labels and annotations of alert rules, and the functions that make numbers readable.
#pragma once

#include <string>

#include "telemetry/sample_sink.hpp"
#include "telemetry/template/template.hpp"

namespace muster {

/// What `query "EXPR"` gives in a template: the instant vector of the moment.
using TemplateQuery =
    std::function<Result<std::vector<text_template::Sample>>(const std::string& expression)>;

/// Fills in {{ $labels.x }}, {{ $value | humanize }}, {{ if ... }} and the rest of telemetry/template/. An
/// absent label is empty. What cannot be expanded gives the text "<error expanding template: ...>", as in
/// Prometheus.
std::string expand_alert_template(const std::string& text, const Labels& labels, double value,
                                  const TemplateQuery& query = {});

/// "1.235k", "117.7Mi", "1h 2m 5s", "12.34%", "2023-11-14 22:13:20 +0000 UTC" (template/template.go).
std::string humanize(double value);
std::string humanize_1024(double value);
std::string humanize_duration(double seconds);
std::string humanize_percentage(double ratio);
std::string humanize_timestamp(double unix_seconds);

}  // namespace muster
