#include "api/prom/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/time.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::prom {

namespace {

// Largest distance from 1970 that is taken, in seconds: far beyond any drill, well within int64 milliseconds.
constexpr double furthest_seconds = 9e12;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// application/x-www-form-urlencoded; a broken percent sequence stays as it is.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::int64_t to_ms(double seconds) {
  return static_cast<std::int64_t>(std::round(seconds * 1000));
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// "Z" or "+01:00": how far ahead of UTC, in milliseconds.
std::optional<std::int64_t> zone_ms(std::string_view text) {
  if (text == "Z") return 0;
  const bool fits = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
                    is_digits(text.substr(1, 2)) && is_digits(text.substr(4, 2));
  if (!fits) return std::nullopt;
  const std::int64_t ms = (number(text.substr(1, 2)) * 60 + number(text.substr(4, 2))) * 60'000;
  return text[0] == '-' ? -ms : ms;
}

// RFC 3339 with any fraction and zone; digits below a millisecond are dropped.
std::optional<std::int64_t> parse_rfc3339_ms(std::string_view text) {
  constexpr std::size_t whole_size = 19;  // 2023-01-01T00:00:00
  if (text.size() <= whole_size) return std::nullopt;
  const auto whole = parse_epoch(std::string(text.substr(0, whole_size)) + "Z");
  if (!whole) return std::nullopt;
  std::string_view rest = text.substr(whole_size);
  std::int64_t ms = whole->unix_seconds * 1000;
  if (rest[0] == '.') {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return std::nullopt;
    ms += number((std::string(rest.substr(1, end - 1)) + "00").substr(0, 3));
    rest.remove_prefix(end);
  }
  const auto zone = zone_ms(rest);
  if (!zone) return std::nullopt;
  return ms - *zone;
}

// How client_golang writes "since ever" and "for ever" (prometheus/prometheus web/api/v1/api.go, minTime and
// maxTime).
constexpr std::string_view written_min_time = "-292273086-05-16T16:47:06Z";
constexpr std::string_view written_max_time = "292277025-08-18T07:12:54.999999999Z";

// A form without a type is taken for one: our own console sends none.
bool has_form(const Request& request) {
  return request.verb == "POST" &&
         (request.content_type.empty() ||
          request.content_type.find("application/x-www-form-urlencoded") != std::string::npos);
}

}  // namespace

Parameters::Parameters(const Request& request) {
  const std::size_t question = request.path.find('?');
  if (has_form(request)) add_form(request.body);
  if (question != std::string::npos) add_form(std::string_view(request.path).substr(question + 1));
}

void Parameters::add_form(std::string_view form) {
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    const std::size_t equal = std::min(pair.find('='), pair.size());
    if (!pair.empty())
      values_[decoded(pair.substr(0, equal))].push_back(
          decoded(pair.substr(std::min(equal + 1, pair.size()))));
    form.remove_prefix(std::min(end + 1, form.size()));
  }
}

const std::vector<std::string>& Parameters::all(const std::string& name) const {
  static const std::vector<std::string> none;
  const auto found = values_.find(name);
  return found == values_.end() ? none : found->second;
}

const std::string& Parameters::text(const std::string& name) const {
  static const std::string none;
  const std::vector<std::string>& given = all(name);
  return given.empty() ? none : given.front();
}

Result<std::int64_t> Parameters::time_ms(const std::string& name) const {
  const std::string& given = text(name);
  if (const auto seconds = promql::parse_float(given); seconds && std::fabs(*seconds) < furthest_seconds)
    return to_ms(*seconds);
  if (const auto ms = parse_rfc3339_ms(given)) return *ms;
  if (given == written_min_time) return earliest_ms;
  if (given == written_max_time) return latest_ms;
  return invalid_input(fmt::format("cannot parse {} to a valid timestamp", promql::quote(given)));
}

Result<std::int64_t> Parameters::time_or(const std::string& name, std::int64_t otherwise) const {
  if (text(name).empty()) return otherwise;
  const auto time = time_ms(name);
  if (time) return time;
  return invalid_input(fmt::format("Invalid time value for '{}': {}", name, time.error().message));
}

Result<std::int64_t> Parameters::limit() const {
  const std::string& given = text("limit");
  if (given.empty()) return -1;
  const bool negative = given[0] == '-';
  const std::string_view digits = std::string_view(given).substr(negative || given[0] == '+' ? 1 : 0);
  if (!is_digits(digits)) return invalid_input("limit must be a number");
  constexpr std::size_t digits_max = 9;  // more than there are families
  return negative || digits.size() > digits_max ? -1 : number(digits);
}

Result<std::int64_t> Parameters::duration_ms(const std::string& name) const {
  const std::string& given = text(name);
  if (const auto seconds = promql::parse_float(given); seconds && std::fabs(*seconds) < furthest_seconds)
    return to_ms(*seconds);
  if (const auto ms = promql::parse_duration_ms(given)) return *ms;
  return invalid_input(fmt::format("cannot parse {} to a valid duration", promql::quote(given)));
}

}  // namespace muster::prom
