// Numbers, strings and durations as PromQL writes and reads them (Go's strconv and Prometheus'
// model.Duration).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace muster::promql {

/// Go's %q: double quotes, backslash escapes.
std::string quote(std::string_view text);
/// Undoes "..." and '...' (with escapes) and `...` (raw); no value if malformed.
std::optional<std::string> unquote(std::string_view token);

/// Shortest digits that read back as the same number, never with an exponent: "0.00001", "NaN", "+Inf".
std::string format_plain(double value);
/// The same, but with an exponent below 1e-4 and from 1e6 on, as Go prints %v: "1e+06".
std::string format_short(double value);
/// Go's strconv 'e' with shortest digits: "1.5e+00".
std::string format_exponent(double value);
/// A sample in an HTTP answer: plain, but with an exponent below 1e-6 and from 1e21 on.
std::string format_sample(double value);

/// Go's strconv.ParseFloat: decimal, "Inf", "NaN", with a sign; no value if malformed.
std::optional<double> parse_float(std::string_view text);
/// A number literal: as above, but also 0x1f and 017 (octal).
std::optional<double> parse_number_literal(std::string_view text);

/// "1h30m" in milliseconds: units y w d h m s ms, descending, each once. No value if malformed or too long.
std::optional<std::int64_t> parse_duration_ms(std::string_view text);
/// The canonical form of a duration that is not negative: "1h30m", "0s".
std::string format_duration_ms(std::int64_t ms);

/// [a-zA-Z_][a-zA-Z0-9_]*
bool is_label_name(std::string_view name);
/// The same with colons.
bool is_metric_name(std::string_view name);

}  // namespace muster::promql
