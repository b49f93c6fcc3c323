// Reads one map of a YAML file strictly: each key is asked for with its type, and whatever was not asked for
// is unknown. The first error of a whole reading is kept, so that readers need no test after every key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/result.hpp"
#include "sim/time.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

/// The file that is read, and the first thing that was wrong with it.
struct ReadContext {
  std::string file;
  std::optional<Error> first_error;

  /// Keeps the error unless there is one already.
  void fail(const YamlNode& at, std::string message);
  void fail(Error error);
};

/// `"abc"` or `a list`: what stands there instead of what was expected.
std::string found_text(const YamlNode& node);

/// `did_you_mean` behind the list of what would have been right: `; expected one of a, b; did you mean "a"?`.
std::string expected_one_of(std::string_view wrong, const std::vector<std::string>& words);

class MapReader {
 public:
  /// `what` names the thing in messages: "a scenario". A node that is no map is an error (an absent one reads
  /// as an empty map). Both must outlive the reader.
  MapReader(const YamlNode& node, std::string what, ReadContext& context);

  // Each getter: the value of the key. If it is absent, the fallback, or an error if there is none. On an
  // error the result is empty or zero, and must not be used for anything but going on.
  std::string text(const std::string& key, std::optional<std::string> fallback = {});
  SimDuration duration(const std::string& key, std::optional<SimDuration> fallback = {});
  /// A number within [least, most].
  double number(const std::string& key, double least, double most, std::optional<double> fallback = {});
  std::int64_t whole(const std::string& key, std::int64_t least, std::int64_t most,
                     std::optional<std::int64_t> fallback = {});
  /// "30%" or 0.3, within [0, 1].
  double share(const std::string& key, std::optional<double> fallback = {});
  bool flag(const std::string& key, std::optional<bool> fallback = {});
  /// A list of texts; empty if absent.
  std::vector<std::string> texts(const std::string& key);

  /// The node of a key of any type; null if absent. An absent key is an error if `needed`, which says what
  /// belongs there: "a list of faults".
  const YamlNode* node(const std::string& key, const char* needed = nullptr);
  /// The items of a list; empty if absent.
  const std::vector<YamlNode>& items(const std::string& key, const char* needed = nullptr);

  /// The position of a key's value for messages (of the map itself if absent).
  const YamlNode& at(const std::string& key) const;
  void fail(const std::string& key, const std::string& message) { context_.fail(at(key), message); }
  const YamlNode& whole_map() const { return map_; }
  ReadContext& context() { return context_; }

  /// Call last: unknown keys, then missing ones, become errors.
  void finish();

 private:
  const YamlNode* scalar(const std::string& key, const std::string& expected, bool required);
  void wrong(const YamlNode& node, const std::string& key, const std::string& expected);

  const YamlNode& map_;
  std::string what_;
  ReadContext& context_;
  std::vector<std::string> asked_;
  std::optional<Error> missing_;
};

}  // namespace muster
