// The parameters of one Prometheus API call: query string and form, times and durations.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/request.hpp"
#include "sim/result.hpp"

namespace muster::prom {

/// Stand for "all time", in unix milliseconds: beyond anything that is stored, and safe to subtract from.
inline constexpr std::int64_t earliest_ms = -9'000'000'000'000'000;
inline constexpr std::int64_t latest_ms = 9'000'000'000'000'000;

class Parameters {
 public:
  explicit Parameters(const Request& request);

  /// Empty if absent; of repeated ones the first. A form goes before the query string.
  const std::string& text(const std::string& name) const;
  /// All of a repeated one.
  const std::vector<std::string>& all(const std::string& name) const;

  /// Unix milliseconds from float seconds or RFC 3339. Error: Prometheus' words.
  Result<std::int64_t> time_ms(const std::string& name) const;
  /// The same; an absent or empty one is `otherwise`. Error: "Invalid time value for 'start': ...".
  Result<std::int64_t> time_or(const std::string& name, std::int64_t otherwise) const;
  /// Milliseconds from float seconds or "1h30m".
  Result<std::int64_t> duration_ms(const std::string& name) const;
  /// At least 0, or -1 for any number (negative, too large or absent). Error: "limit must be a number".
  Result<std::int64_t> limit() const;

 private:
  void add_form(std::string_view form);

  std::map<std::string, std::vector<std::string>> values_;
};

}  // namespace muster::prom
