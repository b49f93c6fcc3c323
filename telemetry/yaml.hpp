// YAML as a plain tree that keeps positions, behind a gate against hostile text. Anchors, aliases, tags,
// duplicate keys, too deep, too many or too large nodes are refused while the text is read, so that a
// document of eight bytes cannot grow into a cycle or into gigabytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"

namespace muster {

inline constexpr std::size_t yaml_max_bytes = 256 * 1024;        ///< of one file
inline constexpr std::size_t yaml_max_scalar_bytes = 64 * 1024;  ///< of one value or key
inline constexpr std::size_t yaml_max_depth = 32;                ///< of nested lists and maps
inline constexpr std::size_t yaml_max_nodes = 20'000;            ///< values and keys of one file
inline constexpr std::size_t yaml_max_documents = 1'000;         ///< of one file

struct YamlEntry;

struct YamlNode {
  enum class Kind { null, scalar, sequence, map };

  Kind kind = Kind::null;
  std::string scalar;              ///< text of a scalar, undone of quotes
  bool quoted = false;             ///< "yes" in quotes or a block text is a string, yes is not
  std::vector<YamlNode> items;     ///< of a sequence
  std::vector<YamlEntry> entries;  ///< of a map, in file order; keys are scalars, each once
  int line = 0, column = 0;        ///< where it begins, from 1; columns count bytes

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_map() const { return kind == Kind::map; }
  /// The value under `key` of a map; null pointer if absent or if this is no map.
  const YamlNode* find(std::string_view key) const;
  /// The key's own node (for its position), likewise.
  const YamlNode* find_key(std::string_view key) const;
  /// "file:line:column".
  std::string where(const std::string& file) const;
  /// "a map", "a list", "text", "nothing": for messages that say what was found.
  const char* kind_name() const;
};

/// One key and value of a map, named as in std::pair (which cannot be made of an unfinished type).
struct YamlEntry {
  YamlNode first;   ///< the key, a scalar
  YamlNode second;  ///< the value
};

/// Reads the one document of a file. An empty file is a null node. Error: invalid_input at file:line:column.
Result<YamlNode> read_yaml(std::string_view text, const std::string& file_name);

/// Reads every document of a file, separated by "---"; empty documents are left out.
Result<std::vector<YamlNode>> read_yaml_documents(std::string_view text, const std::string& file_name);

/// The gate alone: whether read_yaml would accept the text.
Result<void> check_yaml(std::string_view text, const std::string& file_name);

/// Checks that every key of `map` is one of `known`; else an error at the key with the nearest of them.
/// `what` names the thing: "a rule".
Result<void> require_known_keys(const YamlNode& map, const std::vector<std::string>& known,
                                const std::string& what, const std::string& file_name);

}  // namespace muster
