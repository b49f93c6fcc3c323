// Builds one JSON object on one line by appending. A field that is zero, false or empty is left out: absent
// means zero. The buffer is kept from line to line, so a record costs no allocation once the longest line is
// known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "journal/fact/names.hpp"
#include "journal/record.hpp"

namespace muster {

class LineBuilder {
 public:
  /// Opens `{"n":..,"t":..,"type":".."`.
  void begin(std::uint64_t number, SimTime at, std::string_view type);
  void raw(std::string_view text) { line_ += text; }
  const std::string& line() const { return line_; }

  // The fields, as visit_fields() names them.
  void operator()(std::string_view key, const std::string& value);
  void operator()(std::string_view key, bool value);
  void operator()(std::string_view key, SimTime value);
  void operator()(std::string_view key, const std::vector<std::string>& values);
  void operator()(std::string_view key, const std::vector<InputFile>& inputs);
  void operator()(std::string_view key, const std::vector<EndpointTraffic>& endpoints);
  void operator()(std::string_view key, const LatencyHistogram& histogram);

  template <class Number>
  requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>) void operator()(std::string_view key,
                                                                                        Number value) {
    if (value != 0) number_field(key, value);
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void operator()(std::string_view key, Enum value) {
    open_field(key);
    string(to_string(value));
  }

 private:
  void open_field(std::string_view key);
  void number_field(std::string_view key, std::uint64_t value);
  void number_field(std::string_view key, std::int64_t value);
  void number_field(std::string_view key, std::uint32_t value) { number_field(key, std::uint64_t{value}); }
  void number_field(std::string_view key, int value) { number_field(key, std::int64_t{value}); }
  void number(std::uint64_t value);
  /// A JSON string; bytes that are not UTF-8 become {"hex":"..."}, so that every request can be replayed
  /// exactly.
  void string(std::string_view text);

  std::string line_;
};

/// True if the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
bool is_utf8(std::string_view bytes);

}  // namespace muster
