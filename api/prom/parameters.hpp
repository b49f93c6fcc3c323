// The parameters of one Prometheus API call: query string and form, times and durations.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "api/request.hpp"
#include "sim/result.hpp"

namespace muster::prom {

class Parameters {
 public:
  explicit Parameters(const Request& request);

  /// "/api/v1/query": the path without the query string.
  const std::string& path() const { return path_; }
  /// Empty if absent; of repeated ones the first. A form goes before the query string.
  const std::string& text(const std::string& name) const;
  bool has(const std::string& name) const { return values_.count(name) > 0; }
  /// Unix milliseconds from float seconds or RFC 3339. Error: Prometheus' words.
  Result<std::int64_t> time_ms(const std::string& name) const;
  /// Milliseconds from float seconds or "1h30m".
  Result<std::int64_t> duration_ms(const std::string& name) const;

 private:
  void add_form(std::string_view form);

  std::string path_;
  std::map<std::string, std::string> values_;
};

}  // namespace muster::prom
