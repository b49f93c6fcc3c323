// Formulas of prometheus/prometheus template/template.go.
#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "sim/time.hpp"
#include "telemetry/alert_template.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster {

namespace {

// Go's %.4g.
std::string four_digits(double value) {
  if (!std::isfinite(value)) return promql::format_plain(value);
  return fmt::format("{:.4g}", value);
}

constexpr std::string_view small_prefixes[] = {"m", "u", "n", "p", "f", "a", "z", "y"};

// Below one: thousandths, millionths and so on.
std::string in_small_units(double value) {
  std::string_view prefix;
  for (const std::string_view candidate : small_prefixes) {
    if (std::fabs(value) >= 1) break;
    prefix = candidate;
    value *= 1000;
  }
  return four_digits(value) + std::string(prefix);
}

std::string in_large_units(double value, double base, std::string_view suffix) {
  constexpr std::string_view prefixes[] = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
  std::string_view prefix;
  for (const std::string_view candidate : prefixes) {
    if (std::fabs(value) < base) break;
    prefix = candidate;
    value /= base;
  }
  return four_digits(value) + std::string(prefix) + std::string(prefix.empty() ? "" : suffix);
}

}  // namespace

std::string humanize(double value) {
  if (value == 0 || !std::isfinite(value)) return four_digits(value);
  return std::fabs(value) >= 1 ? in_large_units(value, 1000, "") : in_small_units(value);
}

std::string humanize_1024(double value) {
  if (std::fabs(value) <= 1 || !std::isfinite(value)) return four_digits(value);
  return in_large_units(value, 1024, "i");
}

std::string humanize_duration(double seconds) {
  if (!std::isfinite(seconds)) return four_digits(seconds);
  if (seconds == 0) return "0s";
  if (std::fabs(seconds) < 1) return in_small_units(seconds) + "s";
  const char* sign = seconds < 0 ? "-" : "";
  seconds = std::fabs(seconds);
  const auto whole = static_cast<std::int64_t>(std::fmin(seconds, 9e18));
  const auto s = whole % 60, m = whole / 60 % 60, h = whole / 3600 % 24, d = whole / 86'400;
  if (d != 0) return fmt::format("{}{}d {}h {}m {}s", sign, d, h, m, s);
  if (h != 0) return fmt::format("{}{}h {}m {}s", sign, h, m, s);
  if (m != 0) return fmt::format("{}{}m {}s", sign, m, s);
  return sign + four_digits(seconds) + "s";
}

std::string humanize_percentage(double ratio) {
  return four_digits(ratio * 100) + "%";
}

std::string humanize_timestamp(double unix_seconds) {
  constexpr double furthest = 9e9;  // as nanoseconds this still fits an int64
  if (!(std::fabs(unix_seconds) < furthest)) return four_digits(unix_seconds);
  // In milliseconds, cut towards zero (prometheus/common, model.TimeFromUnixNano).
  const auto ms = static_cast<std::int64_t>(unix_seconds * 1000);
  const std::int64_t whole = ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
  std::string text = format_rfc3339(Epoch{whole}, sim_start);  // "2023-11-14T22:13:20Z"
  text.replace(text.find('T'), 1, " ");
  text.pop_back();
  std::string fraction = ms == whole * 1000 ? "" : fmt::format(".{:03}", ms - whole * 1000);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return text + fraction + " +0000 UTC";
}

}  // namespace muster
