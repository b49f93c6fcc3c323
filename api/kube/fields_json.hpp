// Reading a JSON object field by field: what is read is taken out, so that what remains is what nobody
// modelled. Errors stick: the first one counts, and reading goes on harmlessly. Internal to api/kube.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cluster_model/objects.hpp"
#include "sim/time.hpp"

namespace muster::kube {

using Json = nlohmann::json;

inline constexpr std::size_t json_depth_max = 64;
inline constexpr std::size_t json_bytes_max = 3'000'000;  ///< kube-apiserver's MaxRequestBodyBytes is 3 MiB

/// Strict JSON, at most json_depth_max deep. Error: invalid_input with the parser's position in the message.
Result<Json> parse_json(std::string_view text);
/// One line, keys sorted; bytes that are not UTF-8 are replaced.
std::string print_json(const Json& json);

struct DecodeError {
  std::string pointer;   ///< JSON pointer of the field
  std::string message;   ///< in plain words
  std::string go_words;  ///< as the real API server says it, without the field: "json: cannot unmarshal ..."
};

struct Decoding {
  Epoch epoch;
  std::optional<DecodeError> error{};
};

class Fields {
 public:
  /// `object` outlives this and loses the fields that are read.
  Fields(Json& object, std::string pointer, Decoding& decoding);

  bool has(const char* key) const { return object_.contains(key); }
  bool empty() const { return object_.empty(); }
  const Epoch& epoch() const { return decoding_.epoch; }
  Decoding& decoding() { return decoding_; }
  std::string pointer(const std::string& key) const;
  Json& json() { return object_; }

  // Each leaves `out` as it is if the field is absent.
  void text(const char* key, std::string& out);
  /// For a field where false and absent differ (a pointer in the Go types): false stays in the rest.
  void optional_flag(const char* key, bool& out);
  void flag(const char* key, bool& out);
  void whole(const char* key, int& out);
  void whole(const char* key, std::int64_t& out);
  void seconds(const char* key, SimDuration& out);
  void time(const char* key, SimTime& out);
  void time(const char* key, std::optional<SimTime>& out);
  void int_or_text(const char* key, std::string& out);
  void texts(const char* key, StringMap& out);
  void texts(const char* key, std::vector<std::string>& out);
  void cpu(const char* key, std::optional<std::int64_t>& out);
  void amount(const char* key, std::optional<std::int64_t>& out);

  /// Takes out a value that says no more than its absence would, so that both forms are one.
  void drop_default(const char* key, const char* value);

  /// Reads the object below `key` in place; once it is empty it is taken out too.
  void object(const char* key, const std::function<void(Fields&)>& read);
  /// Reads each object of the array below `key`; the array is taken out if nothing remains of any element.
  void each(const char* key, const std::function<void(Fields&)>& read);

  /// All that is left, taken out; null if nothing is.
  Unmodelled rest();

  void fail(const std::string& key, std::string message, std::string go_words = {});

 private:
  /// The value taken out, if present; with the wrong type an error is noted and nothing returned.
  std::optional<Json> take(const char* key, bool (Json::*is)() const noexcept, const char* expected,
                           const char* go_type);
  void quantity(const char* key, bool cpu, std::optional<std::int64_t>& out);
  void wrong_type(const std::string& key, const Json& found, const char* expected, const char* go_type);

  Json& object_;
  std::string pointer_;
  Decoding& decoding_;
};

/// Adds what `into` lacks: objects merge, arrays of equal length merge by element, what is there stays.
void merge_rest(Json& into, const Json& rest);
void merge_rest(Json& into, const Unmodelled& rest);

// Writing: nothing is written for an empty value.
void put(Json& into, const char* key, const std::string& value);
void put(Json& into, const char* key, const StringMap& values);
void put(Json& into, const char* key, const std::vector<std::string>& values);
void put(Json& into, const char* key, Json value);  ///< empty objects and arrays are left out
void put_nonzero(Json& into, const char* key, std::int64_t value);
/// A number if it is one ("8080"), else text.
Json number_or_text(const std::string& value);
std::int64_t whole_seconds(SimDuration duration);

/// Takes out nulls and empty arrays: the Go types of the built-in kinds cannot tell them from absent fields.
void drop_void(Json& json);

}  // namespace muster::kube
