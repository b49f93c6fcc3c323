// JSON of Prometheus' answers, written as text because its timestamps are numbers with exactly three
// decimals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/request.hpp"
#include "telemetry/alerts.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::prom {

/// A quoted JSON string; bytes that are no UTF-8 become U+FFFD.
std::string json_string(std::string_view text);
/// {"a":"b"}
std::string json_labels(const Labels& labels);
/// ["a","b"]
std::string json_strings(const std::vector<std::string>& texts);
/// "4" or "4.250": seconds of unix milliseconds.
std::string json_seconds(std::int64_t unix_ms);
/// {"resultType":..., "result":...}; `epoch_ms` is virtual zero.
std::string json_value(const promql::Value& value, std::int64_t epoch_ms);
/// One element of "alerts".
std::string json_alert(const ActiveAlert& alert, Epoch epoch);

Answer success(const std::string& data);
/// errorType "bad_data" (400), "execution" (422).
Answer failure(int status, std::string_view type, std::string_view message);
Answer bad_data(std::string_view message);
/// bad_data: invalid parameter "NAME": MESSAGE
Answer bad_parameter(std::string_view name, std::string_view message);

}  // namespace muster::prom
