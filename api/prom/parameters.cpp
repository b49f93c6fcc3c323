#include "api/prom/parameters.hpp"

#include <fmt/format.h>

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

}  // namespace

Parameters::Parameters(const Request& request) {
  const std::size_t question = request.path.find('?');
  path_ = request.path.substr(0, question);
  if (request.verb == "POST") add_form(request.body);
  if (question != std::string::npos) add_form(std::string_view(request.path).substr(question + 1));
}

void Parameters::add_form(std::string_view form) {
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    const std::size_t equal = std::min(pair.find('='), pair.size());
    if (!pair.empty())
      values_.emplace(decoded(pair.substr(0, equal)), decoded(pair.substr(std::min(equal + 1, pair.size()))));
    form.remove_prefix(std::min(end + 1, form.size()));
  }
}

const std::string& Parameters::text(const std::string& name) const {
  static const std::string none;
  const auto found = values_.find(name);
  return found == values_.end() ? none : found->second;
}

Result<std::int64_t> Parameters::time_ms(const std::string& name) const {
  const std::string& given = text(name);
  if (const auto seconds = promql::parse_float(given); seconds && std::fabs(*seconds) < furthest_seconds)
    return to_ms(*seconds);
  if (const auto instant = parse_epoch(given)) return instant->unix_seconds * 1000;
  return invalid_input(fmt::format("cannot parse {} to a valid timestamp", promql::quote(given)));
}

Result<std::int64_t> Parameters::duration_ms(const std::string& name) const {
  const std::string& given = text(name);
  if (const auto seconds = promql::parse_float(given); seconds && std::fabs(*seconds) < furthest_seconds)
    return to_ms(*seconds);
  if (const auto ms = promql::parse_duration_ms(given)) return *ms;
  return invalid_input(fmt::format("cannot parse {} to a valid duration", promql::quote(given)));
}

}  // namespace muster::prom
