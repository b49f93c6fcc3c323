// Command-line flags as spf13/pflag reads them, with its error texts.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"
#include "sim/time.hpp"

namespace muster {

enum class FlagKind {
  truth,
  text,
  whole,
  duration,
  choice  ///< a text that must follow a "="; "unchanged" without one: --dry-run
};

struct FlagSpec {
  std::string_view name;
  char letter = 0;
  FlagKind kind = FlagKind::text;
};

class FlagValues {
 public:
  bool has(std::string_view name) const { return values_.contains(name); }
  /// The last value given, or `otherwise`.
  std::string text(std::string_view name, std::string_view otherwise = {}) const;
  /// Every value given, in order (--from-literal).
  std::vector<std::string> all(std::string_view name) const;
  bool truth(std::string_view name, bool otherwise = false) const;
  std::int64_t whole(std::string_view name, std::int64_t otherwise = 0) const;
  SimDuration duration(std::string_view name, SimDuration otherwise = {}) const;
  void add(std::string_view name, std::string value) {
    values_[std::string(name)].push_back(std::move(value));
  }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

struct ParsedArguments {
  FlagValues flags;
  std::vector<std::string> words;         ///< what is no flag
  std::vector<std::string> after_dashes;  ///< after "--"
  std::string not_built;                  ///< a flag of the real kubectl that is not built here: "--watch"
};

/// `known` are the flags of the command; the flags every command has are added. Error: pflag's text.
Result<ParsedArguments> parse_flags(std::span<const std::string> args, std::span<const FlagSpec> known);

/// The first words that are no flags or their values: "rollout", "undo". Their positions in `args`.
std::vector<std::size_t> leading_words(std::span<const std::string> args, std::size_t count);

}  // namespace muster
