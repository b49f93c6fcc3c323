#include "telemetry/series_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "telemetry/promql/literal.hpp"

namespace muster {
namespace {

using nlohmann::json;

std::optional<double> value_of(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  return text == "stale" ? stale_marker() : promql::parse_float(text);
}

std::optional<Labels> labels_of(const json& series) {
  const auto given = series.is_object() ? series.find("labels") : series.end();
  if (!series.is_object() || given == series.end() || !given->is_object()) return std::nullopt;
  Labels labels;
  for (const auto& [name, value] : given->items()) {
    if (!value.is_string()) return std::nullopt;
    if (!value.get_ref<const std::string&>().empty()) labels.emplace_back(name, value.get<std::string>());
  }
  std::sort(labels.begin(), labels.end());
  return labels;
}

// What is wrong with a sample, or nothing; then it is appended.
const char* append_sample(const json& sample, SeriesId series, std::int64_t& last_ms, SeriesStore& store) {
  if (!sample.is_array() || sample.size() != 2 || !sample[0].is_number_integer())
    return "expected [UNIX_MS, \"VALUE\"]";
  const auto value = value_of(sample[1]);
  if (!value) return R"(expected a number in quotes, "NaN", "+Inf", "-Inf" or "stale")";
  const auto at_ms = sample[0].get<std::int64_t>();
  if (at_ms <= last_ms) return "samples must be in order of time";
  store.append(series, at_ms, *value);
  last_ms = at_ms;
  return nullptr;
}

Result<void> read_series(const json& series, const std::string& where, SeriesStore& store) {
  const auto labels = labels_of(series);
  if (!labels) return invalid_input("expected \"labels\": a map of texts", where);
  const std::size_t before = store.series_count();
  const SeriesId id = store.intern(*labels);
  if (store.series_count() == before) return invalid_input("these labels stand there twice", where);
  const auto samples = series.find("samples");
  if (samples == series.end() || !samples->is_array())
    return invalid_input("expected \"samples\": a list", where);
  std::int64_t last_ms = std::numeric_limits<std::int64_t>::min();
  for (std::size_t i = 0; i < samples->size(); ++i) {
    if (const char* wrong = append_sample((*samples)[i], id, last_ms, store))
      return invalid_input(wrong, fmt::format("{}, sample {}", where, i));
  }
  return {};
}

}  // namespace

Result<void> read_series_json(std::string_view text, const std::string& file, SeriesStore& store) {
  const json document = json::parse(text, nullptr, false);
  if (!document.is_array()) return invalid_input("expected a JSON list of series", file);
  for (std::size_t i = 0; i < document.size(); ++i) {
    if (auto read = read_series(document[i], fmt::format("{}: series {}", file, i), store); !read)
      return read;
  }
  return {};
}

}  // namespace muster
