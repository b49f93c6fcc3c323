// A JSON value of our own: what the API answered, as the console's views read it. Reading a field that is not
// there gives null, so that a view is one expression; keys are sorted, as kubectl prints them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/result.hpp"

namespace muster {

class JsonValue {
 public:
  using Array = std::vector<JsonValue>;
  using Object = std::map<std::string, JsonValue, std::less<>>;

  JsonValue() = default;
  JsonValue(bool value) : value_(value) {}                      // NOLINT: implicit on purpose, all of these
  JsonValue(int value) : value_(std::int64_t{value}) {}         // NOLINT
  JsonValue(std::int64_t value) : value_(value) {}              // NOLINT
  JsonValue(double value) : value_(value) {}                    // NOLINT
  JsonValue(const char* value) : value_(std::string(value)) {}  // NOLINT
  JsonValue(std::string value) : value_(std::move(value)) {}    // NOLINT
  JsonValue(Array value) : value_(std::move(value)) {}          // NOLINT
  JsonValue(Object value) : value_(std::move(value)) {}         // NOLINT
  static JsonValue object() { return JsonValue(Object{}); }
  static JsonValue array() { return JsonValue(Array{}); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_whole() const { return std::holds_alternative<std::int64_t>(value_); }
  bool is_real() const { return std::holds_alternative<double>(value_); }
  bool is_number() const { return is_whole() || is_real(); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }
  /// Null, or an object, array or string without content.
  bool is_empty() const;

  /// A member, or null if this is no object or has none of that name.
  const JsonValue& operator[](std::string_view key) const;
  bool has(std::string_view key) const { return !(*this)[key].is_null(); }
  /// An element of an array, or null.
  const JsonValue& at(std::size_t index) const;

  /// The string, or "" if this is none.
  const std::string& text() const;
  std::int64_t whole(std::int64_t otherwise = 0) const;
  double real(double otherwise = 0) const;
  bool truth() const;
  /// The elements, or none.
  const Array& items() const;
  /// The members, or none.
  const Object& members() const;

  /// The member of that name, made if need be; what was no object becomes one.
  JsonValue& member(std::string_view key);
  void erase(std::string_view key);
  void append(JsonValue value);
  Array& mutable_items();

  friend bool operator==(const JsonValue&, const JsonValue&) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// Error: invalid_input with the parser's position.
Result<JsonValue> parse_json(std::string_view text);

/// One line without blanks.
std::string to_json(const JsonValue& value);
/// Indented by four blanks, <, > and & escaped, as `kubectl -o json` prints.
std::string to_pretty_json(const JsonValue& value);
/// As `kubectl -o yaml` prints (sigs.k8s.io/yaml): keys sorted, lists not indented below their key.
std::string to_yaml(const JsonValue& value);

/// The documents of a YAML file (JSON is YAML too). Error: invalid_input with line and column.
Result<std::vector<JsonValue>> parse_yaml(std::string_view text, const std::string& file);

/// As a word: the string itself, a number's digits, or JSON.
std::string display_text(const JsonValue& value);

}  // namespace muster
