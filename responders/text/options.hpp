// The options of a command line, as getopt_long(3) reads them: -x, -xVALUE, -x VALUE, -xyz, --name,
// --name=VALUE,
// --name VALUE. What they mean, and the words for what is wrong with them, are each tool's own.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

enum class OptionKind {
  flag,    ///< takes no value
  valued,  ///< takes the rest of its word, or the next one
  loose    ///< takes a value behind a "=" only: --color=auto
};

/// One option that a tool knows. `letter` 0: it has none; `name` empty: it has no long form.
struct OptionSpec {
  char letter = 0;
  std::string_view name;
  OptionKind kind = OptionKind::flag;
};

constexpr OptionSpec valued_option(char letter, std::string_view name) {
  return {letter, name, OptionKind::valued};
}

/// One option as it was given, or an operand (`spec` is null and `value` the word).
struct GivenOption {
  const OptionSpec* spec = nullptr;
  std::string value;
  bool is(std::string_view name) const { return spec != nullptr && spec->name == name; }
  bool is(char letter) const { return spec != nullptr && spec->letter == letter; }
};

struct OptionFault {
  enum class Kind { none, unknown, no_value };
  Kind kind = Kind::none;
  std::string shown;  ///< "-x" or "--name", without a value
  std::string word;   ///< as it was typed
  explicit operator bool() const { return kind != Kind::none; }
};

struct GivenOptions {
  std::vector<GivenOption> all;  ///< options and operands in their order
  OptionFault fault;             ///< the first thing that is wrong; reading goes on behind it
  std::vector<std::string> operands() const;
  bool has(char letter) const;
};

/// "--" ends the options. `known` outlives the result.
GivenOptions read_options(std::span<const std::string> args, std::span<const OptionSpec> known);

/// What getopt_long prints of a fault behind the tool's name: "invalid option -- 'x'",
/// "option '--lines' requires an argument".
std::string getopt_text(const OptionFault& fault);

}  // namespace muster
