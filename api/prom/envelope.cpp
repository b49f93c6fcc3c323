#include "api/prom/envelope.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "telemetry/promql/literal.hpp"

namespace muster::prom {

namespace {

std::string json_points(const std::vector<Sample>& points, std::int64_t epoch_ms) {
  std::string out;
  out.reserve(points.size() * 32);
  for (const Sample& point : points) {
    out += out.empty() ? "[" : ",[";
    out += json_seconds(epoch_ms + point.at_ms);
    out += ",\"";
    out += promql::format_sample(point.value);
    out += "\"]";
  }
  return out;
}

std::string json_series(const promql::Value& value, std::int64_t epoch_ms) {
  const bool matrix = value.type == promql::ValueType::matrix;
  std::string out;
  for (const promql::ResultSeries& series : value.series) {
    const std::string points = json_points(series.points, epoch_ms);
    out += out.empty() ? "" : ",";
    out += fmt::format("{{\"metric\":{},", json_labels(series.labels));
    out += matrix ? fmt::format("\"values\":[{}]}}", points) : fmt::format("\"value\":{}}}", points);
  }
  return "[" + out + "]";
}

const char* result_type(promql::ValueType type) {
  switch (type) {
    case promql::ValueType::scalar:
      return "scalar";
    case promql::ValueType::string:
      return "string";
    case promql::ValueType::matrix:
      return "matrix";
    default:
      return "vector";
  }
}

}  // namespace

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_labels(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    out += out.empty() ? "" : ",";
    out += json_string(name) + ":" + json_string(value);
  }
  return "{" + out + "}";
}

std::string json_strings(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ",") + json_string(text);
  return "[" + out + "]";
}

std::string json_seconds(std::int64_t unix_ms) {
  const std::int64_t size = unix_ms < 0 ? -unix_ms : unix_ms;
  const char* sign = unix_ms < 0 ? "-" : "";
  if (size % 1000 == 0) return fmt::format("{}{}", sign, size / 1000);
  return fmt::format("{}{}.{:03}", sign, size / 1000, size % 1000);
}

std::string json_value(const promql::Value& value, std::int64_t epoch_ms) {
  const std::string at = json_seconds(epoch_ms + value.at_ms);
  std::string result;
  if (value.type == promql::ValueType::scalar) {
    result = fmt::format("[{},\"{}\"]", at, promql::format_plain(value.scalar));
  } else if (value.type == promql::ValueType::string) {
    result = fmt::format("[{},{}]", at, json_string(value.text));
  } else {
    result = json_series(value, epoch_ms);
  }
  return fmt::format("{{\"resultType\":\"{}\",\"result\":{}}}", result_type(value.type), result);
}

std::string json_alert(const ActiveAlert& alert, Epoch epoch) {
  return fmt::format(
      "{{\"labels\":{},\"annotations\":{},\"state\":\"{}\",\"activeAt\":\"{}\",\"value\":\"{}\"}}",
      json_labels(alert.labels), json_labels(alert.annotations), alert.state,
      format_rfc3339(epoch, alert.active_since), promql::format_exponent(alert.value));
}

Answer success(const std::string& data) {
  Answer answer;
  answer.body = "{\"status\":\"success\",\"data\":" + data + "}";
  return answer;
}

Answer failure(int status, std::string_view type, std::string_view message) {
  Answer answer;
  answer.status = status;
  answer.body =
      fmt::format("{{\"status\":\"error\",\"errorType\":\"{}\",\"error\":{}}}", type, json_string(message));
  return answer;
}

Answer bad_data(std::string_view message) {
  return failure(400, "bad_data", message);
}

Answer bad_parameter(std::string_view name, std::string_view message) {
  return bad_data(fmt::format("invalid parameter \"{}\": {}", name, message));
}

}  // namespace muster::prom
